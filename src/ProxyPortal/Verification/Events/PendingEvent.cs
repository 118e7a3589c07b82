using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification.Events;

/// <summary>What folds into one stored event.</summary>
internal readonly record struct FoldKey(Guid? User, Guid? Device, string? Login, Guid Proxy, Guid? Endpoint, string? Source, byte Reason, byte Scheme, bool ServedStale);

/// <summary>An event that is not wholly stored yet, or may still grow.</summary>
internal sealed class PendingEvent
{
    private readonly FoldKey _key;
    private readonly string _proxyName;
    private readonly string? _endpointName;
    private readonly string _login;
    private readonly VerificationId _firstId;
    private VerificationId _lastId;
    private long _firstAt;
    private long _lastAt;
    private int _count;
    private int _fromMemory;
    private long _latency;
    private long _longestLatency;

    public PendingEvent(in FoldKey key, string login, in EventFold fold, long until)
    {
        (_key, _login, Until) = (key, login, until);
        (_proxyName, _endpointName) = (fold.Caller.Name, fold.Endpoint?.Name);
        (_firstId, _lastId, _firstAt) = (fold.FirstId, fold.LastId, fold.FirstAt);
        Add(fold);
    }

    /// <summary>The end of the time whose verifications belong into it, UTC ticks.</summary>
    public long Until { get; }

    /// <summary>How many of it the database has; 0 = there is no row yet.</summary>
    public int Stored { get; set; }

    /// <summary>When that row was last written.</summary>
    public DateTimeOffset StoredAt { get; set; }

    /// <summary>Nothing will be added to it any more.</summary>
    public bool IsClosed { get; set; }

    public bool IsChanged => Stored != _count;

    public void Add(in EventFold fold)
    {
        // Two stripes may hand over in another order than things happened.
        if (fold.LastAt >= _lastAt)
            (_lastAt, _lastId) = (fold.LastAt, fold.LastId);
        _firstAt = Math.Min(_firstAt, fold.FirstAt);
        _count += fold.Count;
        _fromMemory += fold.FromMemory;
        _latency += fold.Latency;
        _longestLatency = Math.Max(_longestLatency, fold.LongestLatency);
    }

    /// <summary>The row as of now. It holds sums, not differences: writing it twice does no harm.</summary>
    public VerificationEvent ToRow() => new()
    {
        Id = _firstId.ToBytes(),
        LastId = _lastId.ToBytes(),
        FirstAt = new DateTimeOffset(_firstAt, TimeSpan.Zero),
        LastAt = new DateTimeOffset(_lastAt, TimeSpan.Zero),
        UserId = _key.User,
        DeviceId = _key.Device,
        Login = _login,
        ProxyId = _key.Proxy,
        ProxyName = _proxyName,
        EndpointId = _key.Endpoint,
        EndpointName = _endpointName,
        Source = _key.Source,
        Scheme = (Core.Http.AuthSchemes)_key.Scheme,
        Reason = (RejectionReason)_key.Reason,
        Count = _count,
        FromMemory = _fromMemory,
        ServedStale = _key.ServedStale,
        LatencySumMicroseconds = _latency / TimeSpan.TicksPerMicrosecond,
        LatencyMaxMicroseconds = _longestLatency / TimeSpan.TicksPerMicrosecond,
    };
}
