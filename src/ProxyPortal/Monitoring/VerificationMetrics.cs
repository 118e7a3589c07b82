using System.Diagnostics.Metrics;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Verification;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Monitoring;

/// <summary>
/// The figures of the verification. All but one are read when somebody asks; the histogram is fed once a second from counts, and only while
/// somebody listens. Tags tell what administrators set up and the reason: never a user, an address or a secret.
/// </summary>
internal sealed class VerificationMetrics
{
    public const string MeterName = "ProxyPortal.Verification";
    private readonly VerificationEvents _events;
    private readonly EventTotals _totals;
    private readonly TimeProvider _time;

    public VerificationMetrics(
        IMeterFactory meters, VerificationEvents events, EventTotals totals, EventDrops drops, EventBuffer buffer, EventWriter writer, HashGate gate, ProofCache proofs,
        DirectoryIndex index, DirectoryFollower directory, TimeProvider time)
    {
        (_events, _totals, _time) = (events, totals, time);
        Meter meter = meters.Create(MeterName);
        meter.CreateObservableCounter("proxyportal.verifications", Verifications, description: "Verifications that ended, by true reason (ok = accepted).");
        Histogram<double> duration = meter.CreateHistogram("proxyportal.verification.duration", "s", "Time from a readable question to its decision.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = LatencyCounts.Bounds });
        events.LatencyReader = (ticks, fromMemory, count) => Tell(duration, ticks / TimeSpan.TicksPerSecond, fromMemory, count);

        meter.CreateObservableUpDownCounter("proxyportal.hash.waiting", () => gate.Waiting, description: "Passwords that wait for a hash thread.");
        meter.CreateObservableCounter("proxyportal.hash.computed", () => gate.Computed, description: "Slow hashes computed.");
        meter.CreateObservableCounter("proxyportal.hash.shed", () => gate.Shed, description: "Passwords refused for want of capacity (503).");
        meter.CreateObservableCounter("proxyportal.hash.waited", () => gate.SecondsWaited, "s", "Time that passwords have waited for a hash thread, taken together.");
        meter.CreateObservableUpDownCounter("proxyportal.proofs", () => proofs.Count, description: "Remembered passwords, right and wrong.");

        meter.CreateObservableCounter("proxyportal.events.written", () => writer.Written, description: "Event rows written.");
        meter.CreateObservableUpDownCounter("proxyportal.events.waiting", () => buffer.Unstored, description: "Events that the database has not taken yet.");
        meter.CreateObservableCounter("proxyportal.events.dropped", () => Enum.GetValues<DropCause>().Select(cause => new Measurement<long>(drops.Of(cause), Tag("cause", NameOf(cause)))),
            description: "Events without a row; their reasons are counted all the same.");

        meter.CreateObservableUpDownCounter("proxyportal.directory.users", () => index.UserCount, description: "Users that verification knows.");
        meter.CreateObservableGauge("proxyportal.directory.loaded.age", () => Age(directory.LoadedAt), "s", "Time since the whole directory was loaded.");
        meter.CreateObservableGauge("proxyportal.directory.lag", () => Age(directory.CaughtUpAt), "s", "Time since verification last knew every change: more than a few seconds means that changes do not arrive.");
    }

    private IEnumerable<Measurement<long>> Verifications()
    {
        _events.Collect();
        return _totals.Read().Select(total => new Measurement<long>(total.Count,
            Tag("reason", total.Key.Reason.Code()), Tag("scheme", SchemeOf(total.Key.Scheme)), Tag("endpoint", total.Key.Endpoint), Tag("from_memory", total.Key.FromMemory ? "true" : "false")));
    }

    private static void Tell(Histogram<double> duration, double seconds, bool fromMemory, long count)
    {
        if (!duration.Enabled)
            return;
        KeyValuePair<string, object?> tag = Tag("from_memory", fromMemory ? "true" : "false");
        // The mean of a bucket stands for each of it: buckets and sum come out as they were.
        for (long i = 0; i < count; i++)
            duration.Record(seconds, tag);
    }

    // An unknown age is not zero.
    private IEnumerable<Measurement<double>> Age(DateTimeOffset? since) => since is { } at ? [new Measurement<double>((_time.GetUtcNow() - at).TotalSeconds)] : [];

    private static string SchemeOf(AuthSchemes scheme) => AuthScheme.Names(scheme).FirstOrDefault() ?? "none";

    private static string NameOf(DropCause cause) => cause switch
    {
        DropCause.Crowded => "crowded",
        DropCause.BufferFull => "buffer_full",
        _ => throw new ArgumentOutOfRangeException(nameof(cause)),
    };

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
