namespace ProxyPortal.Hosting;

/// <summary>Section <c>Portal</c>.</summary>
public sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>The only base for links in mails, PAC files and documentation; never the request's Host. Null = as set in the portal.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Shown to users. Null = as set in the portal.</summary>
    public string? OrganisationName { get; set; }

    /// <summary>SQLite file, keys, mail drops and backups.</summary>
    public string DataDirectory { get; set; } = "data";
}
