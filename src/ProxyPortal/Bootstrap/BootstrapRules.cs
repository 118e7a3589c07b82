using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Groups;
using ProxyPortal.Schemes;

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
            Result<AuthSchemes> scheme = SchemeRules.ParseOne(name);
            if (scheme.Error is { } fault)
                owner.Faults.Add(owner.At("schemes"), fault.Message);
            else
                schemes |= scheme.Value;
        }
        if (names.Value.Count == 0)
            owner.Faults.Add(owner.At("schemes"), SchemeRules.NoneChosen.Message);
        return new(true, schemes is AuthSchemes.None ? null : schemes);
    }

    public static Given<IReadOnlyList<string>> Networks(this BootstrapObject owner)
    {
        Given<IReadOnlyList<string>> networks = owner.Texts("networks");
        owner.Note(GroupInputRules.CheckNetworks(networks.Value ?? []));
        return networks;
    }

    /// <summary>Hours with their clock: hours without one are read by UTC.</summary>
    public static (Given<string> Hours, Given<string> TimeZone) Hours(this BootstrapObject owner)
    {
        Given<string> hours = owner.Text("hours");
        Given<string> zone = owner.Text("timeZone");
        owner.Note(GroupInputRules.CheckHours(hours.Value, zone.Value));
        return (hours, hours.IsNamed ? new(true, hours.Value is null ? null : zone.Value ?? "UTC") : default);
    }

    /// <summary>Notes a fault at the field that it names.</summary>
    public static void Note(this BootstrapObject owner, Error? fault)
    {
        if (fault is not null)
            owner.Faults.Add(owner.At(fault.Field ?? "name"), fault.Message);
    }
}
