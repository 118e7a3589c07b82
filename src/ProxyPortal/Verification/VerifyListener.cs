using Microsoft.AspNetCore.Server.Kestrel.Core;
using ProxyPortal.Monitoring;

namespace ProxyPortal.Verification;

/// <summary>
/// Marks a connection as one that arrived on the verify listener. The mark is put on by Kestrel's connection middleware: a Host header,
/// by which routing could tell listeners apart, can be forged.
/// </summary>
internal sealed class VerifyConnection
{
    private Known? _known;

    /// <summary>The caller of this connection. A proxy sends the same key with every request of a connection, so the digest is computed
    /// once, and again as soon as the table of callers has changed. The requests of an HTTP/2 connection come at the same time: what is
    /// remembered is one immutable object, so that none of them gets the caller of another.</summary>
    public CallerKeyModel? Authenticate(ReadOnlySpan<char> presented, CallerTable table)
    {
        if (presented.IsEmpty)
            return null;
        if (_known is { } known && ReferenceEquals(table, known.Table) && presented.SequenceEqual(known.Presented))
            return known.Key;
        CallerKeyModel? key = table.Find(presented);
        if (key is not null)
            _known = new Known(presented.ToString(), table, key);
        return key;
    }

    private sealed record Known(string Presented, CallerTable Table, CallerKeyModel Key);
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
        VerifyGate gate = app.ApplicationServices.GetRequiredService<VerifyGate>();
        MetricsApi metrics = app.ApplicationServices.GetRequiredService<MetricsApi>();
        return app.Use(next => context =>
            context.Features.Get<VerifyConnection>() is not { } connection ? next(context)
            : MetricsApi.IsMeant(context) ? metrics.AnswerKnownAsync(context)
            : gate.HandleAsync(context, connection));
    }
}
