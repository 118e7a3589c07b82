using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Components.Theme;
using ProxyPortal.Users;

namespace ProxyPortal.Overview;

/// <summary>The figures of the overview, each leading to the list behind it.</summary>
public partial class OverviewStats
{
    [Parameter, EditorRequired]
    public required OverviewState State { get; set; }

    private int Soon => Count(UserStatus.ExpiresSoon);

    private string ProxyNote => (State.Proxies.Count, State.SilentProxies.Count) switch
    {
        (0, _) => "None added yet",
        (_, 0) => "All asked within the hour",
        (_, var silent) => $"{Number(silent)} silent",
    };

    private StatusTone ProxyTone => State.Proxies.Count == 0 ? StatusTone.Neutral : State.SilentProxies.Count == 0 ? StatusTone.Well : StatusTone.Wrong;

    private int Count(UserStatus status) => State.Users.GetValueOrDefault(status);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
