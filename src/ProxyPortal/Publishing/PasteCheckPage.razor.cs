using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Core.Publishing.Paste;
using ProxyPortal.Languages;

namespace ProxyPortal.Publishing;

/// <summary>What is wrong in a proxy setting that somebody pastes. The secrets in it never arrive here: js/paste.js covers them, and puts them back into the answer.</summary>
public partial class PasteCheckPage
{
    // Strangers may ask, and some texts take a tenth of a second: all of them together get one core at most.
    private static readonly SemaphoreSlim OneAtATime = new(1);
    private PasteReport? _report;
    private string? _error;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromForm(Name = "text", FormName = "paste-check")]
    public string? Text { get; set; }

    [Inject]
    public required ConnectService Connect { get; init; }

    [Inject]
    public required IStringLocalizer<ErrorTexts> Errors { get; init; }

    private async Task Look()
    {
        Actor reader = PublishedAnswers.ReaderOf(HttpContext);
        IReadOnlyList<ConnectEndpoint> endpoints = await Connect.ListAsync(reader, HttpContext.RequestAborted);
        string text = Text ?? "";
        PasteTarget[] targets = [.. endpoints.Select(endpoint => new PasteTarget(endpoint.Name, endpoint.Address, endpoint.Schemes))];
        await OneAtATime.WaitAsync(HttpContext.RequestAborted);
        Result<PasteReport> looked;
        try
        {
            looked = PasteCheck.Look(text, targets, LoginOf(reader, text));
        }
        finally
        {
            OneAtATime.Release();
        }
        if (looked.Error is { } error)
            _error = Errors.Of(error);
        else
            _report = looked.Value;
    }

    // A device of theirs signs in under a name of its own.
    private static string? LoginOf(Actor reader, string text) =>
        reader.Id is null || text.Contains(reader.Name + "+", StringComparison.Ordinal) || text.Contains(reader.Name + "%2B", StringComparison.OrdinalIgnoreCase) ? null : reader.Name;

    private string Title(PasteTrouble trouble) => trouble switch
    {
        PasteTrouble.WrongHost => T["The address is not that of the proxy"],
        PasteTrouble.WrongPort => T["The port is not that of the proxy"],
        PasteTrouble.MissingPort => T["The port is missing"],
        PasteTrouble.WrongTransport => T["The proxy is spoken to in the wrong way"],
        PasteTrouble.MissingTransport => T["The http:// in front is missing"],
        PasteTrouble.TransportNotTaken => T["Only the host belongs here"],
        PasteTrouble.TransportNotSpoken => T["This client cannot reach this proxy"],
        PasteTrouble.WrongLogin => T["This is another login"],
        PasteTrouble.LoginNotEncoded => T["The login is not encoded"],
        PasteTrouble.SecretNotEncoded => T["The password is not encoded"],
        PasteTrouble.UpperCaseHttpProxyIgnored => T["HTTP_PROXY in capitals is not read by everything"],
        PasteTrouble.OnlyOneOfTwo => T["It is set for http only"],
        PasteTrouble.CredentialsIgnored => T["Login and password are not read here"],
        PasteTrouble.ProxyDisabled => T["The proxy is switched off"],
        PasteTrouble.SetTwice => T["It is set twice, differently"],
        PasteTrouble.NoProxyCoversAll => T["The exceptions cover everything"],
        PasteTrouble.QuotesKept => T["The quotation marks become part of the value"],
        PasteTrouble.PercentNotDoubled => T["A percent sign must be doubled here"],
    };

    private string Fix(PasteTrouble trouble) => trouble switch
    {
        PasteTrouble.WrongHost => T["Nothing that the portal knows listens at this address."],
        PasteTrouble.WrongPort => T["The address is right, but the proxy listens at another port."],
        PasteTrouble.MissingPort => T["Without it clients take a port of their own choice."],
        PasteTrouble.WrongTransport => T["What stands before :// says how to speak to the proxy, not to the site behind it."],
        PasteTrouble.MissingTransport => T["This client does not guess it, or guesses wrong."],
        PasteTrouble.TransportNotTaken => T["Leave out what stands before the host."],
        PasteTrouble.TransportNotSpoken => T["It does not speak the way in which the proxy listens. Use another client or another proxy."],
        PasteTrouble.WrongLogin => T["You are signed in here under another name."],
        PasteTrouble.LoginNotEncoded => T["In an address some characters must be written as %XX."],
        PasteTrouble.SecretNotEncoded => T["It holds a character that ends the password in an address, such as @ or /. It must be written as %XX."],
        PasteTrouble.UpperCaseHttpProxyIgnored => T["curl and others read http_proxy in small letters only, because a web server could be told the other by anyone."],
        PasteTrouble.OnlyOneOfTwo => T["Pages with https take their own setting."],
        PasteTrouble.CredentialsIgnored => T["The client asks for them, or takes them from another place."],
        PasteTrouble.ProxyDisabled => T["The address is there, but the switch is off."],
        PasteTrouble.SetTwice => T["The one that counts may not be the one you mean."],
        PasteTrouble.NoProxyCoversAll => T["A lone asterisk sends everything past the proxy."],
        PasteTrouble.QuotesKept => T["In this file they are no syntax."],
        PasteTrouble.PercentNotDoubled => T["systemd replaces %X by something else."],
    };
}
