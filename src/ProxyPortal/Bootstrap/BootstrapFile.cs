using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.Proxies;
using ProxyPortal.Users;

namespace ProxyPortal.Bootstrap;

/// <summary>Configuration as code, checked and in canonical form. What is named is created or updated, what is not is left alone.
/// <c>Path</c> is where each thing stands in the file, for what only the database can object to.</summary>
internal sealed class BootstrapFile
{
    public List<BootstrapApiToken> ApiTokens { get; } = [];

    public List<BootstrapExpiryPolicy> ExpiryPolicies { get; } = [];

    public List<BootstrapGroup> Groups { get; } = [];

    public List<BootstrapProxy> Proxies { get; } = [];

    /// <summary>The administrator, if there is one, and the users.</summary>
    public List<BootstrapUser> Users { get; } = [];
}

internal sealed record BootstrapApiToken(string Path, string Name, string Token, IReadOnlyList<string> Scopes);

internal sealed record BootstrapExpiryPolicy(string Path, string Name, ExpiryPolicyPatch Patch);

internal sealed record BootstrapGroup(string Path, string Name, GroupPatch Patch);

internal sealed record BootstrapProxy(string Path, string Name, Given<string> Realm, string? CallerKey, IReadOnlyList<BootstrapEndpoint> Endpoints);

internal sealed record BootstrapEndpoint(string Path, EndpointInput Input, ProxyAddress Address, Given<string> TlsName, Given<string> TlsFingerprint, EndpointVisibility? Visibility);

/// <param name="Path">Where it stands.</param>
/// <param name="IsAdministrator">Whether it is the file's administrator.</param>
/// <param name="Input">The user-id (folded) and the fields, as a page would send them.</param>
/// <param name="Named">The fields that the file names; others keep what they hold.</param>
/// <param name="Password">Prepared for hashing; null = not named.</param>
/// <param name="PasswordHash">Made by another program; only for who has no password yet; null = not named.</param>
/// <param name="RequireSecondFactor">Administrators only.</param>
/// <param name="Groups">Exactly these, where named.</param>
/// <param name="Devices">These; others of the user stay.</param>
internal sealed record BootstrapUser(
    string Path, bool IsAdministrator, UserInput Input, IReadOnlySet<string> Named, byte[]? Password, string? PasswordHash, Given<bool?> RequireSecondFactor,
    Given<IReadOnlyList<string>> Groups, IReadOnlyList<BootstrapDevice> Devices);

/// <param name="Path">Where it stands.</param>
/// <param name="Name">Folded.</param>
/// <param name="Secret">Prepared as verification prepares what is typed.</param>
/// <param name="Endpoints">Where alone it may be used.</param>
/// <param name="Schemes">The schemes with which alone it may be used.</param>
/// <param name="Networks">From where alone it may be used.</param>
internal sealed record BootstrapDevice(
    string Path, string Name, byte[] Secret, Given<IReadOnlyList<string>> Endpoints, Given<AuthSchemes?> Schemes, Given<IReadOnlyList<string>> Networks);
