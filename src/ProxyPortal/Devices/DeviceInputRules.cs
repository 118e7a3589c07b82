using System.Text;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Users;

namespace ProxyPortal.Devices;

/// <summary>What a device's fields may hold, whoever sends them.</summary>
internal static class DeviceInputRules
{
    public const int MostNetworks = 32;
    public const int MostEndpoints = 100;

    /// <summary>The folded name, if it and the user-id together can be typed to a proxy.</summary>
    public static Result<string> CheckName(string userId, string typed)
    {
        Result<string> name = UserId.CreateDeviceName(typed);
        if (!name.Succeeded)
            return name;
        string login = $"{userId}{LoginName.DeviceSeparator}{name.Value}";
        return login.EnumerateRunes().Count() <= LoginName.MaxCodePoints && Encoding.UTF8.GetByteCount(login) <= LoginName.MaxBytes
            ? name : Error.Of("name_too_long", $"Together with the user-id the name is too long to be typed to a proxy: {LoginName.MaxCodePoints} characters at most.", "name");
    }

    /// <param name="input">The fields but the name.</param>
    /// <param name="now">An end that is set anew lies behind it.</param>
    /// <param name="had">The end that it has already, which may be over; null for a new device.</param>
    public static Error? Check(DeviceInput input, DateTimeOffset now, DateTimeOffset? had = null)
    {
        if (!Enum.IsDefined(input.Kind))
            return new Error("kind_invalid", "Choose one of the kinds that are offered.", "kind");
        if (CheckText(input.Note, "note") is { } note)
            return note;
        if (!UserInputRules.IsInRange(input.ExpiresAt))
            return new Error("expiresAt_invalid", "Give a date between 2000 and 2100.", "expiresAt");
        if (input.ExpiresAt <= now && input.ExpiresAt != had)
            return new Error("expiresAt_past", "The end must lie in the future. To end a device now, revoke it.", "expiresAt");
        if (input is { IsGuest: true, ExpiresAt: null })
            return new Error("expiresAt_required", "A guest's device needs an end.", "expiresAt");
        if (input.Endpoints.Count > MostEndpoints)
            return new Error("endpoints_invalid", $"Name at most {MostEndpoints} endpoints; none means all that the user may use.", "endpoints");
        if (input.Networks.Count > MostNetworks)
            return new Error("networks_invalid", $"Give at most {MostNetworks} networks.", "networks");
        if (SourceNetworks.Parse(input.Networks, "networks") is { Error: { } network })
            return network;
        return input.Schemes is { } schemes && (schemes is AuthSchemes.None || (schemes & ~AuthScheme.Verifiable) != 0)
            ? new Error("schemes_invalid", $"Choose among the schemes the portal can verify: {string.Join(", ", AuthScheme.Names(AuthScheme.Verifiable))}.", "schemes") : null;
    }

    /// <summary>A reason: of a request and of a refusal one must be given.</summary>
    public static Error? CheckReason(string? reason, bool isRequired) =>
        isRequired && string.IsNullOrWhiteSpace(reason)
            ? new Error("reason_required", "Say why; whoever reads it later was not there.", "reason") : CheckText(reason, "reason");

    public static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static Error? CheckText(string? text, string field) =>
        text?.Length > DeviceConfiguration.TextLength || !UserInputRules.IsText(text)
            ? Error.Of($"{field}_invalid", $"At most {DeviceConfiguration.TextLength} characters, and no control characters but line breaks and tabs.", field) : null;
}
