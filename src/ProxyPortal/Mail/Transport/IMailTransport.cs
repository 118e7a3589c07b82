using MimeKit;

namespace ProxyPortal.Mail.Transport;

/// <summary>A way out for mails.</summary>
internal interface IMailTransport
{
    /// <summary>Where mails go, for people to read: "smtp.example.test:587".</summary>
    string Destination { get; }

    /// <exception cref="MailFaultException">The way is not open.</exception>
    Task<IMailConnection> OpenAsync(CancellationToken cancellationToken);
}

/// <summary>An open way, for one mail after another.</summary>
internal interface IMailConnection : IAsyncDisposable
{
    /// <exception cref="MailFaultException">It was not taken.</exception>
    Task SendAsync(MimeMessage message, CancellationToken cancellationToken);
}

internal enum MailFault
{
    /// <summary>Nobody can be reached: it is no mail's fault, and all of them wait.</summary>
    Server,

    /// <summary>This mail was not taken now and may be later.</summary>
    Later,

    /// <summary>This mail will never be taken.</summary>
    Never,
}

/// <summary>A mail, or any mail, was not taken. The message is for administrators and holds no secret.</summary>
internal sealed class MailFaultException(MailFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public MailFault Fault { get; } = fault;
}
