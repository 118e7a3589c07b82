using System.Text.Json;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.Credentials.Formats;
using ProxyPortal.Users;

namespace ProxyPortal.Bootstrap;

/// <summary>The administrator, the users and their devices.</summary>
internal sealed class BootstrapUserReader(BootstrapFaults faults, BootstrapSecrets secrets)
{
    private static readonly string[] Fields = ["displayName", "email", "kind", "validFrom", "validUntil"];

    public BootstrapUser? ReadAdministrator(JsonElement element, string path) => Read(
        new BootstrapObject(element, path, faults, "userId", "displayName", "email", "password", "passwordFile", "requireSecondFactor"), isAdministrator: true);

    public BootstrapUser? Read((JsonElement Element, string Path) item) => Read(
        new BootstrapObject(item.Element, item.Path, faults,
            "userId", "displayName", "email", "password", "passwordFile", "passwordHash", "passwordHashFile", "kind", "groups", "validFrom", "validUntil", "devices"),
        isAdministrator: false);

    private BootstrapUser? Read(BootstrapObject user, bool isAdministrator)
    {
        string? userId = Name(user, "userId", UserId.Create);
        var input = new UserInput
        {
            UserId = userId ?? "",
            DisplayName = user.Text("displayName").Value ?? "",
            Email = user.Text("email").Value,
            Kind = ReadKind(user),
            Role = isAdministrator ? PortalRole.Administrator : PortalRole.None,
            ValidFrom = user.Time("validFrom").Value,
            ValidUntil = user.Time("validUntil").Value,
        };
        if (UserInputRules.Check(input) is { } fault)
            faults.Add(user.At(fault.Field!), fault.Message);
        byte[]? password = ReadPassword(user, userId, input.Email);
        string? passwordHash = isAdministrator ? null : ReadPasswordHash(user);
        Given<bool?> secondFactor = user.Flag("requireSecondFactor");
        Given<IReadOnlyList<string>> groups = user.Texts("groups");
        List<BootstrapDevice> devices = [.. user.Items("devices").Select(ReadDevice).OfType<BootstrapDevice>()];
        NoteTwice(devices);
        HashSet<string> named = [.. Fields.Where(user.Names)];
        return userId is null ? null : new(user.Path, isAdministrator, input, named, password, passwordHash, secondFactor, groups, devices);
    }

    private BootstrapDevice? ReadDevice((JsonElement Element, string Path) item)
    {
        var device = new BootstrapObject(item.Element, item.Path, faults, "name", "secret", "secretFile", "endpoints", "schemes", "networks");
        string? name = Name(device, "name", UserId.CreateDeviceName);
        if (!BootstrapSecrets.IsNamed(device, "secret"))
            faults.Add(device.At("secret"), "is missing.");
        byte[]? secret = secrets.ReadDeviceSecret(device, "secret");
        Given<IReadOnlyList<string>> endpoints = device.Texts("endpoints");
        Given<AuthSchemes?> schemes = device.Schemes();
        Given<IReadOnlyList<string>> networks = device.Networks();
        return name is null || secret is null ? null : new(item.Path, name, secret, endpoints, schemes, networks);
    }

    private byte[]? ReadPassword(BootstrapObject user, string? userId, string? email)
    {
        if (secrets.Read(user, "password") is not { } password)
            return null;
        if (PasswordRules.Check(password.Text, userId, email?.Split('@')[0]) is not { } fault)
            return PasswordText.Prepare(password.Text, out _);
        faults.Add(password.Path, fault.Message);
        return null;
    }

    private string? ReadPasswordHash(BootstrapObject user)
    {
        if (secrets.Read(user, "passwordHash") is not { } hash)
            return null;
        if (BootstrapSecrets.IsNamed(user, "password"))
            faults.Add(hash.Path, "is given beside password. Give one of them.");
        else if (ImportedFormats.Accept(hash.Text))
            return hash.Text;
        else
            faults.Add(hash.Path, $"must be {ImportedFormats.Allowed}.");
        return null;
    }

    private static UserKind ReadKind(BootstrapObject user)
    {
        string? kind = user.Text("kind").Value;
        if (kind is not (null or "person" or "service"))
            user.Faults.Add(user.At("kind"), "must be person or service.");
        return kind == "service" ? UserKind.Service : UserKind.Person;
    }

    private string? Name(BootstrapObject owner, string key, Func<string, Result<string>> rule)
    {
        if (owner.RequiredText(key) is not { } text)
            return null;
        Result<string> name = rule(text);
        if (name.Error is null)
            return name.Value;
        faults.Add(owner.At(key), name.Error.Message);
        return text;
    }

    private void NoteTwice(List<BootstrapDevice> devices)
    {
        foreach (BootstrapDevice second in devices.GroupBy(device => device.Name, StringComparer.Ordinal).SelectMany(same => same.Skip(1)))
            faults.Add($"{second.Path}.name", $"{second.Name} is named twice (capital and small letters are the same).");
    }
}
