using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;
using MimeKit;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Mail.Transport;
using ProxyPortal.Settings;
using ProxyPortal.Users;
using AccessControl = ProxyPortal.Access.AccessControl;

namespace ProxyPortal.Mail;

/// <summary>One step of a test, told as soon as it is over.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Succeeded">Whether it worked; nothing follows a step that did not.</param>
/// <param name="Detail">What was found, or what is wrong and what mends it.</param>
/// <param name="Lines">What was said, ours behind <c>C:</c> and the server's behind <c>S:</c>; secrets are struck out.</param>
public sealed record MailTestStep(string Name, bool Succeeded, string Detail, IReadOnlyList<string> Lines);

/// <summary>Sends a mail before somebody's eyes, step by step, past the queue.</summary>
internal sealed class MailTest(
    AccessControl access, AuditTrail audit, SmtpTransport smtp, FileTransport files, MailSender sender, MailHealth health, IOptions<MailOptions> options, SettingsService settings, TimeProvider time)
{
    /// <summary>Runs the test to its end or to its first fault; <paramref name="tell"/> hears of each step. Errors: <c>to_invalid</c>.</summary>
    public async Task<Result<IReadOnlyList<MailTestStep>>> RunAsync(Actor actor, string to, Action<MailTestStep>? tell, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditSettings, "mail test", cancellationToken) is { } refused)
            return refused;
        if (!UserInputRules.IsMailAddress(to.Trim()))
            return new Error("to_invalid", "Give a mail address, such as alice@example.test.", "to");
        await audit.WriteAsync(actor, AuditAction.MailTested, new AuditTarget("mail", null, to.Trim()), cancellationToken: cancellationToken);
        var steps = new List<MailTestStep>();
        void Tell(MailTestStep step)
        {
            steps.Add(step);
            tell?.Invoke(step);
        }
        MimeMessage message = Compose(to.Trim());
        bool well = options.Value.Provider is MailProvider.Smtp ? await TalkAsync(message, Tell, cancellationToken) : await DropAsync(message, Tell, cancellationToken);
        if (well)
            health.TryNow();
        return steps;
    }

    private async Task<bool> DropAsync(MimeMessage message, Action<MailTestStep> tell, CancellationToken cancellationToken)
    {
        try
        {
            await using IMailConnection folder = await files.OpenAsync(cancellationToken);
            await folder.SendAsync(message, cancellationToken);
            tell(new MailTestStep("Write the file", true, $"The mail lies in {files.Destination}. Nothing leaves this machine until Mail:Provider is Smtp.", []));
            return true;
        }
        catch (MailFaultException fault)
        {
            tell(new MailTestStep("Write the file", false, fault.Message, []));
            return false;
        }
    }

    private async Task<bool> TalkAsync(MimeMessage message, Action<MailTestStep> tell, CancellationToken cancellationToken)
    {
        using var said = new MemoryStream();
        using var log = new ProtocolLogger(said, leaveOpen: true) { RedactSecrets = true, ClientPrefix = "C: ", ServerPrefix = "S: " };
        using SmtpClient client = SmtpTransport.Create(log);
        bool well = await TryAsync("Connect", async () =>
        {
            await smtp.ConnectAsync(client, cancellationToken);
            return Secured(client);
        });
        if (well && !string.IsNullOrEmpty(options.Value.Smtp.UserName))
        {
            well = await TryAsync("Sign in", async () =>
            {
                await smtp.AuthenticateAsync(client, cancellationToken);
                return $"As {options.Value.Smtp.UserName}.";
            });
        }
        well = well && await TryAsync("Hand the mail over", async () => "The server answered: " + (await client.SendAsync(message, cancellationToken)).ReplaceLineEndings(" "));
        await SmtpTransport.HangUpAsync(client);
        return well;

        async Task<bool> TryAsync(string name, Func<Task<string>> step)
        {
            try
            {
                string detail = await step();
                tell(new MailTestStep(name, true, detail, TakeLines(said)));
                return true;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && (exception is MailFaultException || SmtpTransport.IsOfTheWire(exception)))
            {
                tell(new MailTestStep(name, false, MailHealth.Clip(exception.Message), TakeLines(said)));
                return false;
            }
        }
    }

    private string Secured(SmtpClient client) => client.IsSecure
        ? $"{smtp.Destination}, {client.SslProtocol}; its certificate is valid for that name."
        : $"{smtp.Destination}, in plain text: whoever listens on the way can read every mail. Set Mail:Smtp:Security to StartTls or Tls where the server can.";

    // What was said since the last step, without the mail itself.
    private static string[] TakeLines(MemoryStream said)
    {
        string[] lines = Encoding.UTF8.GetString(said.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        said.SetLength(0);
        int data = Array.FindIndex(lines, line => line is "C: DATA");
        int end = Array.FindIndex(lines, data + 1, line => line is "C: ." or ".");
        return data >= 0 && end > data ? [.. lines[..(data + 2)], "C: (the mail)", .. lines[end..]] : lines;
    }

    private MimeMessage Compose(string to)
    {
        var message = new MimeMessage { Subject = $"Test mail of {settings.Current.OrganisationName}", Date = time.GetUtcNow() };
        message.From.Add(new MailboxAddress(settings.Current.OrganisationName, sender.Sender));
        message.To.Add(MailboxAddress.Parse(to));
        message.MessageId = $"{Guid.CreateVersion7()}@{sender.Sender.Split('@')[1]}";
        message.Body = new TextPart("plain") { Text = $"This mail was sent by somebody who tested the mail settings of {settings.Current.PublicUrl}. Nothing is to be done." };
        return message;
    }
}
