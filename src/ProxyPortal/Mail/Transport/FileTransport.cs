using MimeKit;
using ProxyPortal.Hosting;

namespace ProxyPortal.Mail.Transport;

/// <summary>Drops each mail as an <c>.eml</c> file, readable by the portal's own account alone: it may hold a link that opens an account.</summary>
internal sealed class FileTransport(DataDirectory data) : IMailTransport, IMailConnection
{
    private string Folder => Path.Combine(data.Path, "mail");

    public string Destination => Folder;

    public Task<IMailConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            PrivateFiles.CreateDirectory(Folder);
            return Task.FromResult<IMailConnection>(this);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StartRefusedException)
        {
            throw new MailFaultException(MailFault.Server, $"The folder {Folder} cannot be written: {exception.Message}", exception);
        }
    }

    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        // Named so that a folder listing is in order; complete once it has its name.
        string name = $"{message.Date.UtcDateTime:yyyyMMdd-HHmmss-fff}-{message.MessageId!.Split('@')[0]}.eml";
        string unfinished = Path.Combine(Folder, "." + name);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.WriteThrough };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (var file = new FileStream(unfinished, options))
                await message.WriteToAsync(file, cancellationToken);
            File.Move(unfinished, Path.Combine(Folder, name), overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MailFaultException(MailFault.Server, $"The folder {Folder} cannot be written: {exception.Message}", exception);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
