namespace ProxyPortal.Bootstrap;

/// <summary>Configuration as code: the shape of the bootstrap file. What is named is created or updated, what is not is left alone.
/// Every secret may be given as <c>…File</c>, the path of a file that holds it.</summary>
internal sealed record BootstrapFile(
    BootstrapAdministrator? Administrator, List<BootstrapApiToken>? ApiTokens, List<BootstrapExpiryPolicy>? ExpiryPolicies,
    List<BootstrapGroup>? Groups, List<BootstrapProxy>? Proxies, List<BootstrapUser>? Users);

internal sealed record BootstrapAdministrator(string? UserId, string? Email, string? Password, string? PasswordFile, bool? RequireSecondFactor, string? DisplayName);

internal sealed record BootstrapApiToken(string? Name, string? Token, string? TokenFile, List<string>? Scopes);

internal sealed record BootstrapExpiryPolicy(string? Name, int? DeviceSecretMaxAgeDays, int? IdleDays, List<int>? WarnDays);

internal sealed record BootstrapGroup(string? Name, List<string>? Endpoints, List<string>? Schemes, string? ExpiryPolicy);

internal sealed record BootstrapProxy(string? Name, string? Realm, string? CallerKey, string? CallerKeyFile, List<BootstrapEndpoint>? Endpoints);

internal sealed record BootstrapEndpoint(string? Name, string? Host, int? Port, string? Transport, List<string>? Schemes);

internal sealed record BootstrapUser(
    string? UserId, string? DisplayName, string? Email, string? Password, string? PasswordFile, string? Kind, List<string>? Groups,
    DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil, List<BootstrapDevice>? Devices);

internal sealed record BootstrapDevice(string? Name, string? Secret, string? SecretFile);
