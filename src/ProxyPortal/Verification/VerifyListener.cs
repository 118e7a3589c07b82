using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ProxyPortal.Verification;

/// <summary>
/// Marks a connection as one that arrived on the verify listener. The mark is put on by Kestrel's connection middleware: a Host header,
/// by which routing could tell listeners apart, can be forged.
/// </summary>
internal sealed class VerifyConnection
{
    private string? _authorization;
    private CallerKeyModel? _key;
    private CallerTable? _table;

    /// <summary>The caller of this connection. A proxy sends the same key with every request of a connection, so the digest is computed
    /// once, and again as soon as the table of callers has changed.</summary>
    public CallerKeyModel? Authenticate(string? authorization, CallerTable table)
    {
        if (authorization is null)
            return null;
        if (!ReferenceEquals(table, _table) || !string.Equals(authorization, _authorization, StringComparison.Ordinal) || _key is null)
        {
            const string scheme = "Bearer ";
            _key = authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? table.Find(authorization.AsSpan(scheme.Length).Trim(' ')) : null;
            (_authorization, _table) = (authorization, table);
        }
        return _key;
    }
}

internal static class VerifyListener
{
    /// <summary>Stamps every connection of this listener.</summary>
    public static void Stamp(ListenOptions listener) => listener.Use(next => connection =>
    {
        connection.Features.Set(new VerifyConnection());
        return next(connection);
    });

    /// <summary>Sends stamped connections to the verification and nowhere else: none of the portal's middleware, routes or pages exists
    /// for them.</summary>
    public static IApplicationBuilder UseVerifyListener(this IApplicationBuilder app)
    {
        VerifyApi api = app.ApplicationServices.GetRequiredService<VerifyApi>();
        return app.Use(next => context =>
            context.Features.Get<VerifyConnection>() is { } connection ? api.HandleAsync(context, connection) : next(context));
    }
}
