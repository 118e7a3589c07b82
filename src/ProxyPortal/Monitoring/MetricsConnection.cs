using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ProxyPortal.Monitoring;

/// <summary>Marks a connection that arrived on the listener for metrics.</summary>
internal sealed class MetricsConnection
{
    private static readonly MetricsConnection Mark = new();

    public static void Stamp(ListenOptions listener) => listener.Use(next => connection =>
    {
        connection.Features.Set(Mark);
        return next(connection);
    });
}
