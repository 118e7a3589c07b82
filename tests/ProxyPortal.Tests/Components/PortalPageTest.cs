using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Access;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Components;

/// <summary>A page over the real services, looked at by somebody with a role.</summary>
public abstract class PortalPageTest : PortalComponentTest, IAsyncLifetime
{
    private ServiceHost? _host;
    private BunitAuthorizationContext? _authorization;

    private protected ServiceHost Host => _host!;

    protected string Address => Services.GetRequiredService<NavigationManager>().Uri;

    public virtual async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(Time);
        _host.ShareWith(Services);
        SignIn(_host.Admin);
    }

    public new async ValueTask DisposeAsync()
    {
        await DisposeComponentsAsync();
        await base.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected void SignIn(Actor actor)
    {
        BunitAuthorizationContext authorization = _authorization ??= AddAuthorization();
        authorization.SetAuthorized(actor.Name);
        authorization.SetRoles(actor.Role is PortalRole.None ? [] : [actor.Role.ToString()]);
        authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, actor.Id!.Value.ToString()));
    }

    protected void GoTo(string url) => Services.GetRequiredService<NavigationManager>().NavigateTo(url);

    /// <summary>The button or link of that name, as somebody looks for it.</summary>
    protected static AngleSharp.Dom.IElement Named<T>(IRenderedComponent<T> page, string name) where T : IComponent =>
        page.FindAll("button, a").First(element => TextOf(element) == name || element.GetAttribute("aria-label") == name);

    protected static bool Has<T>(IRenderedComponent<T> page, string name) where T : IComponent =>
        page.FindAll("button, a").Any(element => TextOf(element) == name || element.GetAttribute("aria-label") == name);

    protected static string TextOf<T>(IRenderedComponent<T> page) where T : IComponent =>
        string.Join(' ', page.Nodes.Select(node => node.TextContent)).ReplaceLineEndings(" ");
}
