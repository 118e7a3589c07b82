namespace ProxyPortal.Core.Tests.Publishing.Clients;

/// <summary>What a client makes of a text; null where the text says nothing about it.</summary>
internal sealed record ClientReading
{
    public string? Host { get; init; }

    public int? Port { get; init; }

    public string? Login { get; init; }

    public string? Secret { get; init; }

    public string? Pac { get; init; }

    /// <summary>The one reading that all of <paramref name="readings"/> agree on.</summary>
    internal static ClientReading Same(IEnumerable<ClientReading> readings) => readings.Distinct().Single();
}
