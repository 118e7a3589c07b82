namespace ProxyPortal.Integrations.Recipes;

/// <summary>How one kind of proxy is made to ask the portal. The text is that of the documentation, which the end-to-end tests load into the real
/// proxy; only the values of the one at hand are put in.</summary>
/// <param name="Id">As it stands in addresses.</param>
/// <param name="Name">The proxy.</param>
/// <param name="Sentence">What it can do, and what not.</param>
/// <param name="Page">The page below docs/integrations.</param>
/// <param name="Files">What is put on the proxy's machine, in this order.</param>
public sealed record ProxyRecipe(string Id, string Name, string Sentence, string Page, IReadOnlyList<RecipeFile> Files)
{
    /// <summary>Every kind but Squid, whose lines are made by <see cref="Squid.SquidConfig"/>.</summary>
    public static IReadOnlyList<ProxyRecipe> All { get; } =
    [
        new("haproxy", "HAProxy", "A gate in front of any forward proxy, for plain requests and CONNECT. HAProxy 2.5 or later with Lua.", "haproxy.md",
        [
            new("/etc/haproxy/proxyportal.lua", "haproxy/proxyportal.lua", null, "Root's, mode 644."),
            new("/etc/haproxy/proxyportal.key", null, null, "The caller key alone, on one line. Root's, mode 600: it is read before HAProxy gives up its rights."),
            new("/etc/haproxy/haproxy.cfg", "haproxy.md", "haproxy", "Set the parent's address in the last line. The parent must take requests from HAProxy only."),
        ]),
        new("nginx", "nginx", "Plain http:// only: nginx before 1.31 refuses CONNECT.", "nginx.md",
        [
            new("/etc/nginx/proxyportal.key", "nginx.md", "nginx-key", "Root's, mode 600."),
            new("/etc/nginx/conf.d/proxyportal.conf", "nginx.md", "nginx", "resolver is the name server by which nginx finds the sites."),
        ]),
        new("caddy", "Caddy", "Plain http:// only: stock Caddy refuses CONNECT.", "caddy.md",
        [
            new("/etc/caddy/proxyportal.key", "caddy.md", "caddy-key", "Owned by caddy, mode 600."),
            new("/etc/caddy/Caddyfile", "caddy.md", "caddy", "The ? behind /auth/forward is essential: without one Caddy appends its client's own query."),
        ]),
        new("freeradius", "FreeRADIUS", "For everything that asks by RADIUS (PAP): 3proxy, Dante, appliances, PAM.", "freeradius.md",
        [
            new("/etc/freeradius/3.0/proxyportal.key", "freeradius.md", "freeradius-key", "Owned by freerad, mode 600."),
            new("/etc/freeradius/3.0/mods-enabled/proxyportal", "freeradius.md", "freeradius-module", "Needs the package freeradius-rest."),
            new("/etc/freeradius/3.0/sites-enabled/proxyportal", "freeradius.md", "freeradius-site", "The clients stand in clients.conf, with require_message_authenticator wherever they can send it."),
        ]),
        new("envoy", "Envoy", "By ext_authz over HTTP, for plain requests. Not tried against a real Envoy: its documented wire shape is tested.", "forward-auth.md",
        [
            new("envoy.yaml, in http_filters", "forward-auth.md", "yaml", "Set normalize_path: true. The cluster proxyportal leads to the verify listener."),
        ]),
    ];

    public static ProxyRecipe? Find(string? id) => All.FirstOrDefault(recipe => recipe.Id == id);
}

/// <summary>One file of a recipe.</summary>
/// <param name="Path">Where it goes.</param>
/// <param name="Source">The file below docs/integrations whose text it is; null = it holds the caller key and nothing else.</param>
/// <param name="Block">The word behind the fence of its block; null = all of the file.</param>
/// <param name="Note">Whose it is, what else to set.</param>
public sealed record RecipeFile(string Path, string? Source, string? Block, string Note);
