using ProxyPortal.Core.Http;

namespace ProxyPortal.Devices;

/// <summary>What stands in the form while somebody edits a device.</summary>
public sealed class DeviceDraft
{
    private static readonly char[] Separators = ['\n', '\r', ',', ' ', '\t'];

    public string Name { get; set; } = "";

    public DeviceKind Kind { get; set; } = DeviceKind.Computer;

    public string? Note { get; set; }

    public bool IsGuest { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Names of the endpoints it is bound to.</summary>
    public HashSet<string> Endpoints { get; init; } = new(StringComparer.Ordinal);

    /// <summary>One network a line.</summary>
    public string Networks { get; set; } = "";

    /// <summary>None = no rule of its own.</summary>
    public AuthSchemes Schemes { get; set; }

    /// <summary>Whether anything narrows where and how it may be used.</summary>
    public bool IsBound => Endpoints.Count > 0 || Networks.Length > 0 || Schemes is not AuthSchemes.None;

    public static DeviceDraft Of(DeviceDetail device) => new()
    {
        Name = device.Summary.Name,
        Kind = device.Summary.Kind,
        Note = device.Note,
        IsGuest = device.Summary.IsGuest,
        ExpiresAt = device.Summary.ExpiresAt,
        Endpoints = new HashSet<string>(device.Endpoints, StringComparer.Ordinal),
        Networks = string.Join('\n', device.Networks),
        Schemes = device.Schemes ?? AuthSchemes.None,
    };

    public DeviceInput ToInput() => new()
    {
        Name = Name.Trim(),
        Kind = Kind,
        Note = Note,
        IsGuest = IsGuest,
        ExpiresAt = ExpiresAt,
        Endpoints = [.. Endpoints],
        Networks = Networks.Split(Separators, StringSplitOptions.RemoveEmptyEntries),
        Schemes = Schemes is AuthSchemes.None ? null : Schemes,
    };
}
