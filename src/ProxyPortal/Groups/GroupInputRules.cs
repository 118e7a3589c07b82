using ProxyPortal.Core;
using ProxyPortal.Core.Verification;
using ProxyPortal.Proxies;
using ProxyPortal.Schemes;
using ProxyPortal.Users;

namespace ProxyPortal.Groups;

/// <summary>What a group's fields may hold, whoever sends them: page, bootstrap file, API.</summary>
internal static class GroupInputRules
{
    public const int MostDevices = 1000;
    public const int MostNetworks = 200;

    /// <summary>The first fault, by field.</summary>
    public static Error? Check(GroupInput input) =>
        ProxyInputRules.CheckName(input.Name) ?? CheckDescription(input.Description) ?? SchemeRules.Check(input.Schemes)
        ?? CheckNetworks(input.Networks) ?? CheckHours(input.Hours, input.TimeZone) ?? CheckDeviceLimit(input.DeviceLimit);

    public static Error? CheckDescription(string? description) =>
        description is null || (description.Length <= GroupConfiguration.DescriptionLength && UserInputRules.IsText(description)) ? null
            : new Error("description_invalid", $"A description has at most {GroupConfiguration.DescriptionLength} characters, and no control characters but line breaks and tabs.", "description");

    public static Error? CheckNetworks(IReadOnlyList<string> networks)
    {
        if (networks.Count > MostNetworks || networks.Contains(null!))
            return new Error("networks_invalid", $"Name at most {MostNetworks} networks, none of them empty.", "networks");
        foreach (string network in networks)
        {
            if (SourceNetworks.Parse([network], "networks").Error is { } fault)
                return fault with { Message = $"{(network.Length <= 64 ? network : network[..64])}: {fault.Message}" };
        }
        return null;
    }

    public static Error? CheckHours(string? hours, string? timeZone)
    {
        if (hours is null)
            return timeZone is null ? null : new Error("timeZone_invalid", "A time zone says nothing without hours.", "timeZone");
        if (hours.Length > GroupConfiguration.HoursLength)
            return new Error("hours_invalid", $"Hours have at most {GroupConfiguration.HoursLength} characters.", "hours");
        return AccessHours.Parse(hours, timeZone ?? "UTC", "hours").Error is { } fault ? fault with { Field = fault.Field == "hours" ? "hours" : "timeZone" } : null;
    }

    public static Error? CheckDeviceLimit(int? limit) =>
        limit is null or (>= 0 and <= MostDevices) ? null : new Error("deviceLimit_invalid", $"A device limit is a whole number from 0 to {MostDevices}.", "deviceLimit");
}
