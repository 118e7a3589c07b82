using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Proxies;

namespace ProxyPortal.Bootstrap;

/// <summary>Walks the JSON by hand, because a deserializer stops at the first fault and knows no paths.</summary>
internal sealed partial class BootstrapReader(BootstrapFaults faults, string folder)
{
    private const int LongestDays = 3650;
    private const int LongestOverlapHours = 24 * 30;
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
        var policy = new BootstrapObject(item.Element, item.Path, faults, "name", "deviceSecretMaxAgeDays", "passwordMaxAgeDays", "overlapHours", "idleDays", "warnDays");
        string? name = ReadName(policy);
        Given<int?> age = policy.Whole("deviceSecretMaxAgeDays", 1, LongestDays);
        Given<int?> passwordAge = policy.Whole("passwordMaxAgeDays", 1, LongestDays);
        Given<int?> overlap = policy.Whole("overlapHours", 0, LongestOverlapHours);
        Given<int?> idle = policy.Whole("idleDays", 1, LongestDays);
        Given<IReadOnlyList<int>> warn = policy.Wholes("warnDays", 1, LongestDays);
        return name is null ? null : new(item.Path, name, age, passwordAge, overlap, idle, warn);
    }

    private BootstrapGroup? ReadGroup((JsonElement Element, string Path) item)
    {
        var group = new BootstrapObject(item.Element, item.Path, faults, "name", "endpoints", "schemes", "expiryPolicy", "networks", "hours", "timeZone", "deviceSecretsOnly");
        string? name = ReadName(group);
        Given<IReadOnlyList<string>> endpoints = group.Texts("endpoints");
        Given<string> policy = group.Text("expiryPolicy");
        Given<AuthSchemes?> schemes = group.Schemes();
        Given<IReadOnlyList<string>> networks = group.Networks();
        Given<string> hours = group.Hours();
        Given<bool?> devicesOnly = group.Flag("deviceSecretsOnly");
        return name is null ? null : new(item.Path, name, endpoints, schemes, policy, networks, hours, group.Text("timeZone"), devicesOnly);
    }

    private BootstrapProxy? ReadProxy((JsonElement Element, string Path) item)
    {
        var proxy = new BootstrapObject(item.Element, item.Path, faults, "name", "realm", "callerKey", "callerKeyFile", "endpoints");
        string? name = ReadName(proxy);
        Given<string> realm = proxy.Text("realm");
        if (realm.Value is { } text)
            Note(proxy, ProxyInputRules.CheckRealm(text));
        string? key = _secrets.ReadKey(proxy, "callerKey");
        List<BootstrapEndpoint> endpoints = [.. proxy.Items("endpoints").Select(ReadEndpoint).OfType<BootstrapEndpoint>()];
        return name is null ? null : new(item.Path, name, realm, key, endpoints);
    }

    private BootstrapEndpoint? ReadEndpoint((JsonElement Element, string Path) item)
    {
        var endpoint = new BootstrapObject(item.Element, item.Path, faults, "name", "host", "port", "transport", "schemes");
        string? name = ReadName(endpoint);
        string? host = endpoint.RequiredText("host");
        int? port = endpoint.Whole("port", 1, ushort.MaxValue).Value;
        if (!endpoint.Names("port"))
            faults.Add(endpoint.At("port"), "is missing.");
        var transport = ProxyTransport.Http;
        if (endpoint.Text("transport").Value is { } text && !(text.All(char.IsAsciiLetterOrDigit) && !char.IsAsciiDigit(text.FirstOrDefault()) && Enum.TryParse(text, ignoreCase: true, out transport)))
            faults.Add(endpoint.At("transport"), "must be http, https or socks5.");
        AuthSchemes schemes = endpoint.Schemes().Value ?? AuthSchemes.Basic;
        if (name is null || host is null || port is null)
            return null;
        var input = new EndpointInput { Name = name, Host = host, Port = port.Value.ToString(CultureInfo.InvariantCulture), Transport = transport, Schemes = schemes };
        Result<ProxyAddress> address = ProxyInputRules.CheckEndpoint(input);
        Note(endpoint, address.Error);
        return address.Succeeded ? new(item.Path, input, address.Value) : null;
    }

    // A name with a fault is kept, so that what refers to it is not reported as well.
    private static string? ReadName(BootstrapObject owner)
    {
        string? name = owner.RequiredText("name");
        if (name is not null)
            Note(owner, ProxyInputRules.CheckName(name));
        return name;
    }

    private string? ReadRequiredKey(BootstrapObject owner, string key)
    {
        if (!BootstrapSecrets.IsNamed(owner, key))
            faults.Add(owner.At(key), "is missing.");
        return _secrets.ReadKey(owner, key);
    }

    private static void Note(BootstrapObject owner, Error? fault)
    {
        if (fault is not null)
            owner.Faults.Add(owner.At(fault.Field ?? "name"), fault.Message);
    }

    [GeneratedRegex(@"\A(\*|[a-z][a-z0-9-]{0,31}:[a-z0-9][a-z0-9-]{0,31})\z", RegexOptions.NonBacktracking)]
    private static partial Regex ScopePattern();
}
