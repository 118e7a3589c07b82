using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using ProxyPortal.Access;
using ProxyPortal.Core.Verification;
using ProxyPortal.Devices;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Languages;

/// <summary>Every page that users see, in a language of brackets: whatever people read outside of them was forgotten.</summary>
public sealed partial class PseudoLocaleTests : IAsyncLifetime
{
    private static readonly string[] Attributes = ["aria-label", "title", "placeholder", "alt"];

    // What people entered, and names that are the same everywhere.
    private static readonly string[] Data = ["alice@example.test", "alice", "laptop", "Alice Example", "ProxyPortal", "hq", "proxy.example.test", "staff", "English", "Deutsch", "UTC", "HTTP", "Basic", "K", "Ctrl"];

    private PortalHost _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(new PortalStart { Services = services => services.AddSingleton<IStringLocalizerFactory, PseudoLocalizerFactory>() });
        await _portal.BootstrapAsync("""
            {
              "administrator": { "userId": "admin", "password": "correct horse battery staple", "requireSecondFactor": false },
              "groups": [ { "name": "staff" } ],
              "proxies": [ { "name": "hq-squid", "realm": "Example proxy", "callerKey": "a-caller-key-of-forty-characters-0000001", "endpoints": [ { "name": "hq", "host": "proxy.example.test", "port": 3128 } ] } ],
              "users": [ { "userId": "alice", "displayName": "Alice Example", "email": "alice@example.test", "password": "correct horse battery staple", "groups": ["staff"], "validUntil": "2098-12-31T00:00:00Z",
                           "devices": [ { "name": "laptop", "secret": "a-device-secret-of-forty-characters-0001" } ] } ]
            }
            """);
        User admin = await _portal.AddUserAsync("chief", PortalRole.Administrator);
        await _portal.Get<AnnouncementService>().AnnounceAsync(
            new Actor(admin.Id, "chief", PortalRole.Administrator, null), new AnnouncementInput { Endpoint = "hq", EffectiveAt = TimeProvider.System.GetUtcNow().AddDays(7) }, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task PagesBeforeSigningIn_HoldNoOtherText()
    {
        using HttpClient browser = _portal.Browser();
        foreach (string page in (string[])
        [
            PortalUrls.SignIn, PortalUrls.ForgotPassword, PortalUrls.SetPassword + "?token=none", PortalUrls.PairDevice + "?token=none", PortalUrls.RecoveryCode, PortalUrls.NothingHere, PortalUrls.Help407(), PortalUrls.GuidesMatching("no-such-word"), PortalUrls.Guide("no-such-guide"),
            .. Enum.GetValues<RejectionReason>().Where(reason => reason is not RejectionReason.None).Select(reason => PortalUrls.Help407(reason.Code())),
        ])
            await LookAsync(browser, page);
    }

    [Fact]
    public async Task PagesOfAUser_HoldNoOtherText()
    {
        using HttpClient browser = _portal.Browser();
        using (await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "alice"), ("password", PortalHost.Password))) { }
        foreach (string page in (string[])[PortalUrls.Home, PortalUrls.MyAccount, PortalUrls.ConfirmIdentity, PortalUrls.ChangeMail, PortalUrls.NotFound])
            await LookAsync(browser, page);
    }

    private static async Task LookAsync(HttpClient browser, string page)
    {
        using HttpResponseMessage answer = await browser.GetAsync(page, TestContext.Current.CancellationToken);
        IDocument document = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        foreach (IElement unread in document.QuerySelectorAll("script, style, svg, code, time, kbd, .pp-mono, .pp-avatar, datalist").ToList())
            unread.Remove();
        IEnumerable<string> texts = document.Descendants<IText>().Select(text => text.Data)
            .Concat(document.All.SelectMany(element => Attributes.Select(element.GetAttribute)).OfType<string>());
        Assert.All(texts, text => Assert.Equal((page, ""), (page, Left(text))));
    }

    // What is left of a text without what stands in brackets, what people entered, and what is no word.
    private static string Left(string text)
    {
        string rest = Bracketed().Replace(text, " ");
        foreach (string known in Data)
            rest = rest.Replace(known, " ", StringComparison.Ordinal);
        return Word().IsMatch(rest) ? rest.Trim() : "";
    }

    [GeneratedRegex("⟦[^⟧]*⟧")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex Word();
}
