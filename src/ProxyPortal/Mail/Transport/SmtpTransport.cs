using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ProxyPortal.Mail.Transport;

/// <summary>Sends by SMTP. TLS is as configured or not at all: there is no way back to plain text.</summary>
internal sealed class SmtpTransport(IOptions<MailOptions> options) : IMailTransport
{
    /// <summary>The longest that one command may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private SmtpOptions Smtp => options.Value.Smtp;

    public string Destination => $"{Smtp.Host}:{Smtp.EffectivePort}";

    public async Task<IMailConnection> OpenAsync(CancellationToken cancellationToken)
    {
        SmtpClient client = Create(new NullProtocolLogger());
        try
        {
            await ConnectAsync(client, cancellationToken);
            await AuthenticateAsync(client, cancellationToken);
            return new SmtpConnection(client);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public static SmtpClient Create(IProtocolLogger log) => new(log) { Timeout = (int)Patience.TotalMilliseconds, RequireTLS = false };

    public async Task ConnectAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        SecureSocketOptions security = Smtp.Security switch
        {
            MailSecurity.None => SecureSocketOptions.None,
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        };
        await TryAsync(token => client.ConnectAsync(Smtp.Host!, Smtp.EffectivePort, security, token), $"{Destination} cannot be reached", cancellationToken);
    }

    /// <summary>Does nothing where no user name is configured.</summary>
    public async Task AuthenticateAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(Smtp.UserName))
            return;
        string password = Smtp.PasswordFile is { } file ? (await ReadAsync(file, cancellationToken)).TrimEnd('\r', '\n') : "";
        await TryAsync(token => client.AuthenticateAsync(Smtp.UserName, password, token), $"{Destination} does not accept the user name and password of Mail:Smtp", cancellationToken);
    }

    /// <summary>Says goodbye, to a server that may be gone already.</summary>
    public static async Task HangUpAsync(SmtpClient client)
    {
        using var patience = new CancellationTokenSource(Goodbye);
        try
        {
            await client.DisconnectAsync(quit: true, patience.Token);
        }
        catch (Exception exception) when (IsOfTheWire(exception))
        {
            // Gone already.
        }
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MailFaultException(MailFault.Server, "The file of Mail:Smtp:PasswordFile cannot be read.", exception);
        }
    }

    /// <summary>Runs one step with an end to its patience, and names what went wrong.</summary>
    private static async Task TryAsync(Func<CancellationToken, Task> step, string otherwise, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await step(patience.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && IsOfTheWire(exception))
        {
            throw new MailFaultException(MailFault.Server, $"{otherwise}: {Explain(exception)}", exception);
        }
    }

    private static string Explain(Exception exception) => exception is OperationCanceledException or TimeoutException
        ? FormattableString.Invariant($"no answer within {Patience.TotalSeconds:0} seconds") : exception.Message.ReplaceLineEndings(" ");

    internal static bool IsOfTheWire(Exception exception) => exception is ProtocolException or CommandException or AuthenticationException or SslHandshakeException
        or IOException or System.Net.Sockets.SocketException or NotSupportedException or OperationCanceledException or TimeoutException;

    private sealed class SmtpConnection(SmtpClient client) : IMailConnection
    {
        public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
        {
            try
            {
                await TryAsync(token => client.SendAsync(message, token), "The mail was not taken", cancellationToken);
            }
            catch (MailFaultException fault) when (fault.InnerException is SmtpCommandException command && client.IsConnected)
            {
                // The server is there and said no to this one.
                MailFault kind = (int)command.StatusCode >= 500 ? MailFault.Never : MailFault.Later;
                throw new MailFaultException(kind, FormattableString.Invariant($"{(int)command.StatusCode} {command.Message.ReplaceLineEndings(" ")}"), command);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await HangUpAsync(client);
            client.Dispose();
        }
    }
}
