using Microsoft.AspNetCore.Components;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Help;

/// <summary>What a reason of the proxies means and what helps, for whoever stands before it: readable without an account, without a circuit, and the
/// same for everyone.</summary>
public partial class HelpPage
{
    private ReasonHelp? _help;

    [Parameter]
    public string? Code { get; set; }

    /// <summary>The verification that led here, by its id.</summary>
    [SupplyParameterFromQuery(Name = "event")]
    public string? Event { get; set; }

    private string? EventId => VerificationId.TryParse(Event, out VerificationId id) ? id.ToString() : null;

    // Squid writes a hyphen where it knows no reason.
    private bool IsAsked => Code is not (null or "-");

    // A reason that this version does not know is no dead end: the page then offers all that it knows.
    protected override void OnParametersSet() => _help = ReasonHelp.Find(Code);
}
