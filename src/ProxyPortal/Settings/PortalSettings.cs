namespace ProxyPortal.Settings;

/// <summary>What administrators set in the portal; one row. A key given in the configuration wins over it.</summary>
public sealed class PortalSettings
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    public string? OrganisationName { get; set; }

    public string? PublicUrl { get; set; }

    /// <summary>Mail domains whose people may ask for access, one a line; null = none.</summary>
    public string? RegistrationDomains { get; set; }

    /// <summary>People may be invited by mail to ask for access.</summary>
    public bool RegistrationByInvitation { get; set; }

    /// <summary>When the first-run wizard was finished, or made needless by a bootstrap file.</summary>
    public DateTimeOffset? SetupCompletedAt { get; set; }

    /// <summary>Says which master key this database was made with, and nothing about it (<see cref="Credentials.SecretKeys.Check"/>).</summary>
    public byte[]? KeyCheck { get; set; }
}
