using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Components.Shared;
using ProxyPortal.Proxies;
using ProxyPortal.Tests.Verification.Events;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using ProxyPortal.Verification.Events;
using Xunit;

namespace ProxyPortal.Tests.Components;

/// <summary>A page over the real services, looked at by somebody with a role and driven as a person would: by labels, names of buttons
/// and what is read.</summary>
public abstract class PortalPageTest : PortalComponentTest, IAsyncLifetime
{
    private readonly BunitAuthorizationContext _authorization;

    protected PortalPageTest(params (string Key, string Value)[] configuration)
    {
        _authorization = AddAuthorization();
        Host.AddTo(Services, configuration);
    }

    protected static CancellationToken None => CancellationToken.None;

    private protected ServiceHost Host { get; } = new();

    protected Actor Administrator => Host.Admin;

    internal ProxyService Proxies => Host.Get<ProxyService>();

    internal VerificationActivity Activity => Host.Get<VerificationActivity>();

    protected string Path => new Uri(Navigation.Uri).PathAndQuery;

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    public virtual async ValueTask InitializeAsync()
    {
        await Host.StartAsync(Services);
        SignIn(Administrator);
    }

    public new async ValueTask DisposeAsync()
    {
        await DisposeComponentsAsync();
        await base.DisposeAsync();
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected void SignIn(Actor actor)
    {
        _authorization.SetAuthorized(actor.Name);
        _authorization.SetRoles(actor.Role is PortalRole.None ? [] : [actor.Role.ToString()]);
        Claim[] proof = actor.ProvedAt is { } at ? [new Claim(SessionPrincipal.ProvedAtClaim, at.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture))] : [];
        _authorization.SetClaims([new Claim(ClaimTypes.NameIdentifier, actor.Id!.Value.ToString()), .. proof]);
    }

    protected void GoTo(string url) => Navigation.NavigateTo(url);

    /// <summary>The page alone, once what it shows has been read.</summary>
    protected IRenderedComponent<TPage> Show<TPage>(Action<ComponentParameterCollectionBuilder<TPage>>? parameters = null) where TPage : IComponent
    {
        IRenderedComponent<TPage> page = Render(parameters);
        AwaitRead((IRenderedComponent<IComponent>)page);
        return page;
    }

    /// <summary>The page with the dialogs it may open, once what it shows has been read.</summary>
    protected IRenderedComponent<IComponent> Open<TPage>(params (string Name, object Value)[] parameters) where TPage : IComponent
    {
        IRenderedComponent<IComponent> page = Render(builder =>
        {
            builder.OpenComponent<MudDialogProvider>(0);
            builder.CloseComponent();
            builder.OpenComponent<TPage>(1);
            foreach ((string name, object value) in parameters)
                builder.AddComponentParameter(2, name, value);
            builder.CloseComponent();
        });
        AwaitRead(page);
        return page;
    }

    /// <summary>Waits until what the page and its parts read is shown: what comes later renders anew, and an element that was found before is gone. Also until
    /// what the page does after it was rendered is done, such as setting its timers.</summary>
    protected static void AwaitRead(IRenderedComponent<IComponent> page)
    {
        page.WaitForAssertion(() =>
        {
            Assert.Empty(page.FindAll(".loading"));
            Assert.DoesNotContain(page.FindComponents<ReadingComponent>(), component => component.Instance.IsReading);
        });
        page.InvokeAsync(() => { }).GetAwaiter().GetResult();
    }

    internal async Task<CreatedProxy> AddProxyAsync(string name = "hq-squid", string endpoint = "hq", string host = "proxy.example.test") =>
        (await Proxies.CreateAsync(Administrator, new ProxyInput { Name = name, Realm = "Example proxy" }, new EndpointInput { Name = endpoint, Host = host }, None)).Value;

    /// <summary>What happens when the proxy asks about a user.</summary>
    protected void Call(Guid proxyId) => Host.Get<VerificationEvents>().Record(
        Time.GetUtcNow(), Recording.User("alice"), caller: new CallerModel { ProxyId = proxyId, Name = "caller", Endpoints = [] });

    protected static IElement Field(IRenderedComponent<IComponent> page, string label)
    {
        IElement named = page.FindAll("label").First(element => TextOf(element).Replace(" optional", "", StringComparison.Ordinal) == label);
        return named.GetAttribute("for") is { } id ? page.Find($"#{id}") : named.QuerySelector("input")!;
    }

    protected static void Type(IRenderedComponent<IComponent> page, string label, string text) => BetweenRenderings(page, () =>
    {
        IElement field = Field(page, label);
        if (field.HasAttribute("blazor:oninput"))
            field.Input(text);
        else
            field.Change(text);
    });

    /// <summary>The button or link of that name, as somebody looks for it: it may come with a rendering that is still under way.</summary>
    protected static IElement Button(IRenderedComponent<IComponent> page, string name)
    {
        AwaitButton(page, name);
        return Find(page, name);
    }

    private static void AwaitButton(IRenderedComponent<IComponent> page, string name) => page.WaitForAssertion(() => Assert.True(Has(page, name), $"There is no \"{name}\" on the page."));

    private static IElement Find(IRenderedComponent<IComponent> page, string name) => page.FindAll("button, a").Last(element => (element.GetAttribute("aria-label") ?? TextOf(element)) == name);

    // An element that was found is not there any more once the page is rendered anew.
    private static void BetweenRenderings(IRenderedComponent<IComponent> page, Action act) => page.InvokeAsync(act).GetAwaiter().GetResult();

    protected static bool Has(IRenderedComponent<IComponent> page, string name) =>
        page.FindAll("button, a").Any(element => (element.GetAttribute("aria-label") ?? TextOf(element)) == name);

    protected static IElement Button(IElement within, string name) =>
        within.QuerySelectorAll("button, a").Last(element => (element.GetAttribute("aria-label") ?? TextOf(element)) == name);

    /// <summary>Presses a button, once the act before is done and it can be pressed; one that sends a form sends it.</summary>
    protected static void Press(IRenderedComponent<IComponent> page, string name)
    {
        AwaitButton(page, name);
        page.WaitForAssertion(() => Assert.False(Find(page, name).HasAttribute("disabled"), $"\"{name}\" cannot be pressed."));
        BetweenRenderings(page, () =>
        {
            IElement button = Find(page, name);
            if (button.GetAttribute("type") == "submit")
                (button.GetAttribute("form") is { } form ? page.Find($"#{form}") : button.Closest("form")!).Submit();
            else
                button.Click();
        });
    }

    protected static void Reads(IRenderedComponent<IComponent> page, string text) =>
        page.WaitForAssertion(() => Assert.Contains(text, TextOf(page), StringComparison.Ordinal));

    protected static void ReadsNot(IRenderedComponent<IComponent> page, string text) =>
        page.WaitForAssertion(() => Assert.DoesNotContain(text, TextOf(page), StringComparison.Ordinal));

    /// <summary>The error that stands at a field.</summary>
    protected static void ReadsAt(IRenderedComponent<IComponent> page, string label, string text) =>
        page.WaitForAssertion(() => Assert.Contains(text, TextOf(page.Find($"#{Field(page, label).Id}-error")), StringComparison.Ordinal));

    /// <summary>What a service answers, inside an assertion that is repeated while the page renders. It is asked on another thread: where the database answers later
    /// (PostgreSQL does), the rest of the answer would wait for the page's own thread, which waits here.</summary>
    protected static T Ask<T>(Func<Task<T>> question) => Task.Run(question).GetAwaiter().GetResult();

    /// <summary>All that a person reads on the page.</summary>
    protected static string TextOf(IRenderedComponent<IComponent> page) =>
        string.Join(' ', string.Join(' ', page.Nodes.Select(node => node.TextContent)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
