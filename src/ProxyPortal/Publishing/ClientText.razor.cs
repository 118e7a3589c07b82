using Microsoft.AspNetCore.Components;
using ProxyPortal.Components.Theme;
using ProxyPortal.Core;
using ProxyPortal.Core.Publishing.Clients;

namespace ProxyPortal.Publishing;

/// <summary>What one client is told about one endpoint, whether they fit, and what to do where they do not.</summary>
public partial class ClientText
{
    private ClientFit _fit = new(ClientVerdict.Fits, []);
    private IReadOnlyList<FormattableString> _steps = [];
    private string? _text;
    private Error? _fault;

    [Parameter, EditorRequired]
    public required ClientGuide Guide { get; set; }

    [Parameter, EditorRequired]
    public required ClientSetting Setting { get; set; }

    private StatusTone Tone => _fit.Verdict switch
    {
        ClientVerdict.Fits => StatusTone.Well,
        ClientVerdict.FitsWithCare => StatusTone.Soon,
        ClientVerdict.DoesNotFit => StatusTone.Wrong,
    };

    private string Verdict => _fit.Verdict switch
    {
        ClientVerdict.Fits => T["Works with this proxy"],
        ClientVerdict.FitsWithCare => T["Works, with care"],
        ClientVerdict.DoesNotFit => T["Does not work with this proxy"],
    };

    protected override void OnParametersSet()
    {
        _fit = ClientFit.Of(Guide, Setting);
        _steps = Guide.Steps(Setting);
        Result<string> text = Guide.Write(Setting);
        _text = text.Succeeded ? text.Value : null;
        _fault = text.Error;
    }
}
