using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.Proxies;

namespace ProxyPortal.Bootstrap;

/// <summary>Walks the JSON by hand, because a deserializer stops at the first fault and knows no paths.</summary>
internal sealed partial class BootstrapReader(BootstrapFaults faults, string folder)
{
    private readonly BootstrapSecrets _secrets = new(folder);

    public BootstrapFile Read(ReadOnlyMemory<byte> json)
    {
        var file = new BootstrapFile();
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        try
        {
            using var document = JsonDocument.Parse(json.Span.StartsWith(byteOrderMark) ? json[3..] : json);
            ReadRoot(document.RootElement, file);
        }
        catch (JsonException exception)
        {
            faults.Add("$", string.Create(CultureInfo.InvariantCulture,
                $"is not JSON, at line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}. Comments and trailing commas are not allowed."));
        }
        return file;
    }

    private void ReadRoot(JsonElement element, BootstrapFile file)
    {
        var root = new BootstrapObject(element, "$", faults, "$schema", "administrator", "apiTokens", "expiryPolicies", "groups", "proxies", "users");
        file.ApiTokens.AddRange(root.Items("apiTokens").Select(ReadToken).OfType<BootstrapApiToken>());
        file.ExpiryPolicies.AddRange(root.Items("expiryPolicies").Select(ReadPolicy).OfType<BootstrapExpiryPolicy>());
        file.Groups.AddRange(root.Items("groups").Select(ReadGroup).OfType<BootstrapGroup>());
        file.Proxies.AddRange(root.Items("proxies").Select(ReadProxy).OfType<BootstrapProxy>());
        var users = new BootstrapUserReader(faults, _secrets);
        if (root.Member("administrator") is { } administrator && users.ReadAdministrator(administrator, root.At("administrator")) is { } account)
            file.Users.Add(account);
        file.Users.AddRange(root.Items("users").Select(users.Read).OfType<BootstrapUser>());
    }

    private BootstrapApiToken? ReadToken((JsonElement Element, string Path) item)
    {
        var token = new BootstrapObject(item.Element, item.Path, faults, "name", "token", "tokenFile", "scopes");
        string? name = ReadName(token);
        string? key = ReadRequiredKey(token, "token");
        Given<IReadOnlyList<string>> scopes = token.Texts("scopes");
        if (scopes.Value is not { Count: > 0 })
            faults.Add(token.At("scopes"), "must name at least one scope, such as users:read, or * for everything.");
        foreach (string scope in scopes.Value?.Where(scope => !ScopePattern().IsMatch(scope)) ?? [])
            faults.Add(token.At("scopes"), $"{scope} is not a scope; write * or, say, users:read.");
        return name is null || key is null ? null : new(item.Path, name, key, scopes.Value ?? []);
    }

    private BootstrapExpiryPolicy? ReadPolicy((JsonElement Element, string Path) item)
    {
        var policy = new BootstrapObject(item.Element, item.Path, faults,
            "name", "default", "deviceSecretMaxAgeDays", "overlapHours", "idleDays", "warnDays", "warnOnTheDay", "warnDaysAfter", "graceDays", "jitterDays",
            "spareDaysOff", "holidays", "passwordMaxAgeDays", "passwordMinLength", "passwordHistory");
        string? name = ReadName(policy);
        var patch = new ExpiryPolicyPatch
        {
            IsDefault = policy.Flag("default"),
            DeviceSecretMaxAgeDays = policy.Whole("deviceSecretMaxAgeDays", 1, ExpiryPolicyInputRules.LongestDays),
            OverlapHours = policy.Whole("overlapHours", 0, ExpiryPolicyInputRules.LongestOverlapHours),
            IdleDays = policy.Whole("idleDays", 1, ExpiryPolicyInputRules.LongestDays),
            WarnDays = policy.Wholes("warnDays", 1, ExpiryPolicyInputRules.LongestDays),
            WarnsOnTheDay = policy.Flag("warnOnTheDay"),
            WarnDaysAfter = policy.Wholes("warnDaysAfter", 1, ExpiryPolicyInputRules.LongestDays),
            GraceDays = policy.Whole("graceDays", 0, ExpiryPolicyInputRules.LongestGraceDays),
            JitterDays = policy.Whole("jitterDays", 0, ExpiryPolicyInputRules.LongestJitterDays),
            SparesDaysOff = policy.Flag("spareDaysOff"),
            Holidays = policy.Days("holidays"),
            PasswordMaxAgeDays = policy.Whole("passwordMaxAgeDays", 1, ExpiryPolicyInputRules.LongestDays),
            PasswordMinLength = policy.Whole("passwordMinLength", PasswordRules.MinCodePoints, PasswordText.MaxCodePoints),
            PasswordHistory = policy.Whole("passwordHistory", 0, ExpiryPolicyInputRules.LongestHistory),
        };
        return name is null ? null : new(item.Path, name, patch);
    }

    private BootstrapGroup? ReadGroup((JsonElement Element, string Path) item)
    {
        var group = new BootstrapObject(item.Element, item.Path, faults,
            "name", "description", "endpoints", "schemes", "expiryPolicy", "networks", "hours", "timeZone", "deviceSecretsOnly", "deviceLimit", "devicesNeedApproval");
        string? name = ReadName(group);
        (Given<string> hours, Given<string> timeZone) = group.Hours();
        var patch = new GroupPatch
        {
            Description = group.Text("description"),
            Endpoints = group.Texts("endpoints"),
            Schemes = group.Schemes(),
            ExpiryPolicy = group.Text("expiryPolicy"),
            Networks = group.Networks(),
            Hours = hours,
            TimeZone = timeZone,
            DeviceSecretsOnly = group.Flag("deviceSecretsOnly"),
            DeviceLimit = group.Whole("deviceLimit", 0, GroupInputRules.MostDevices),
            DevicesNeedApproval = group.Flag("devicesNeedApproval"),
        };
        group.Note(GroupInputRules.CheckDescription(patch.Description.Value));
        return name is null ? null : new(item.Path, name, patch);
    }

    private BootstrapProxy? ReadProxy((JsonElement Element, string Path) item)
    {
        var proxy = new BootstrapObject(item.Element, item.Path, faults, "name", "realm", "callerKey", "callerKeyFile", "endpoints");
        string? name = ReadName(proxy);
        Given<string> realm = proxy.Text("realm");
        if (realm.Value is { } text)
            proxy.Note(ProxyInputRules.CheckRealm(text));
        string? key = _secrets.ReadKey(proxy, "callerKey");
        List<BootstrapEndpoint> endpoints = [.. proxy.Items("endpoints").Select(ReadEndpoint).OfType<BootstrapEndpoint>()];
        return name is null ? null : new(item.Path, name, realm, key, endpoints);
    }

    private BootstrapEndpoint? ReadEndpoint((JsonElement Element, string Path) item)
    {
        var endpoint = new BootstrapObject(item.Element, item.Path, faults, "name", "host", "port", "transport", "schemes", "tlsName", "tlsFingerprint", "visibility");
        string? name = ReadName(endpoint);
        string? host = endpoint.RequiredText("host");
        int? port = endpoint.Whole("port", 1, ushort.MaxValue).Value;
        if (!endpoint.Names("port"))
            faults.Add(endpoint.At("port"), "is missing.");
        var transport = ProxyTransport.Http;
        if (endpoint.Text("transport").Value is { } text && !(text.All(char.IsAsciiLetterOrDigit) && !char.IsAsciiDigit(text.FirstOrDefault()) && Enum.TryParse(text, ignoreCase: true, out transport)))
            faults.Add(endpoint.At("transport"), "must be http, https or socks5.");
        EndpointVisibility? visibility = endpoint.Text("visibility").Value switch
        {
            null => null,
            "public" => EndpointVisibility.Public,
            "signedIn" => EndpointVisibility.SignedIn,
            "groups" => EndpointVisibility.Groups,
            _ => Fault(endpoint.At("visibility"), "must be public, signedIn or groups."),
        };
        Given<string> tlsName = endpoint.Text("tlsName");
        Given<string> fingerprint = endpoint.Text("tlsFingerprint");
        AuthSchemes schemes = endpoint.Schemes().Value ?? AuthSchemes.Basic;
        if (name is null || host is null || port is null)
            return null;
        var input = new EndpointInput { Name = name, Host = host, Port = port.Value.ToString(CultureInfo.InvariantCulture), Transport = transport, Schemes = schemes, TlsName = tlsName.Value, TlsFingerprint = fingerprint.Value };
        Result<ProxyAddress> address = ProxyInputRules.CheckEndpoint(input);
        endpoint.Note(address.Error);
        return address.Succeeded ? new(item.Path, input, address.Value, tlsName, fingerprint, visibility) : null;
    }

    private EndpointVisibility? Fault(string at, string message)
    {
        faults.Add(at, message);
        return null;
    }

    // A name with a fault is kept, so that what refers to it is not reported as well.
    private static string? ReadName(BootstrapObject owner)
    {
        string? name = owner.RequiredText("name");
        if (name is not null)
            owner.Note(ProxyInputRules.CheckName(name));
        return name;
    }

    private string? ReadRequiredKey(BootstrapObject owner, string key)
    {
        if (!BootstrapSecrets.IsNamed(owner, key))
            faults.Add(owner.At(key), "is missing.");
        return _secrets.ReadKey(owner, key);
    }

    [GeneratedRegex(@"\A(\*|[a-z][a-z0-9-]{0,31}:[a-z0-9][a-z0-9-]{0,31})\z", RegexOptions.NonBacktracking)]
    private static partial Regex ScopePattern();
}
