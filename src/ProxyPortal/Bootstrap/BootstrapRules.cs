using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Groups;

namespace ProxyPortal.Bootstrap;

/// <summary>Rules that several kinds of object can carry: schemes, networks, hours.</summary>
internal static class BootstrapRules
{
    /// <summary>Schemes as a set; null where the file names none, or empties the list with <c>null</c>.</summary>
    public static Given<AuthSchemes?> Schemes(this BootstrapObject owner)
    {
        Given<IReadOnlyList<string>> names = owner.Texts("schemes");
        if (names.Value is null)
            return new(names.IsNamed, null);
        AuthSchemes schemes = AuthSchemes.None;
        foreach (string name in names.Value)
        {
            if (!AuthScheme.TryParse(name, out AuthSchemes scheme))
                owner.Faults.Add(owner.At("schemes"), $"{name} is not a known scheme; they are {string.Join(", ", AuthScheme.All.Select(entry => entry.Name))}.");
            else if ((scheme & AuthScheme.Verifiable) == 0)
                owner.Faults.Add(owner.At("schemes"), $"{name} cannot be verified yet; choose among {string.Join(", ", AuthScheme.Names(AuthScheme.Verifiable))}.");
            schemes |= scheme & AuthScheme.Verifiable;
        }
        if (names.Value.Count == 0)
            owner.Faults.Add(owner.At("schemes"), "must name at least one scheme.");
        return new(true, schemes is AuthSchemes.None ? null : schemes);
    }

    public static Given<IReadOnlyList<string>> Networks(this BootstrapObject owner)
    {
        Given<IReadOnlyList<string>> networks = owner.Texts("networks");
        foreach (string network in networks.Value ?? [])
        {
            if (SourceNetworks.Parse([network], "networks").Error is { } fault)
                owner.Faults.Add(owner.At("networks"), $"{network}: {fault.Message}");
        }
        return networks;
    }

    public static Given<string> Hours(this BootstrapObject owner)
    {
        Given<string> hours = owner.Text("hours");
        Given<string> zone = owner.Text("timeZone");
        if (hours.Value is { } windows && AccessHours.Parse(windows, zone.Value ?? "UTC", "hours").Error is { } fault)
            owner.Faults.Add(fault.Field == "hours" ? owner.At("hours") : owner.At("timeZone"), fault.Message);
        if (hours.Value?.Length > GroupConfiguration.HoursLength)
            owner.Faults.Add(owner.At("hours"), $"has at most {GroupConfiguration.HoursLength} characters.");
        if (zone.Value is not null && hours.Value is null)
            owner.Faults.Add(owner.At("timeZone"), "says nothing without hours.");
        return hours;
    }
}
