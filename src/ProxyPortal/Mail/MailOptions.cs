namespace ProxyPortal.Mail;

public enum MailProvider
{
    /// <summary>Each mail becomes a file in the folder <c>mail</c> of the data directory: for a laptop.</summary>
    File = 0,
    Smtp = 1,
}

public enum MailSecurity
{
    /// <summary>Plain text; only for a server on the same machine or in a network that is trusted.</summary>
    None = 0,

    /// <summary>Starts in plain text and must change to TLS before anything is said.</summary>
    StartTls = 1,
    Tls = 2,
}

/// <summary>The section <c>Mail</c> of the configuration.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    public MailProvider Provider { get; set; }

    /// <summary>The sender; without one it is <c>noreply@</c> the host of the public URL.</summary>
    public string? From { get; set; }

    public SmtpOptions Smtp { get; set; } = new();
}

public sealed class SmtpOptions
{
    public string? Host { get; set; }

    /// <summary>Without one the usual: 587 with StartTls, 465 with Tls, 25 without.</summary>
    public int? Port { get; set; }

    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    public string? UserName { get; set; }

    /// <summary>Read anew for each connection, so that a changed password needs no restart.</summary>
    public string? PasswordFile { get; set; }

    public int EffectivePort => Port ?? Security switch { MailSecurity.Tls => 465, MailSecurity.StartTls => 587, MailSecurity.None => 25 };
}
