using System.Net;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification.Events;

/// <summary>Any number of verifications of one minute that differ in nothing but id, time and latency. Two cache lines, in arrays that
/// are made once: recording allocates nothing.</summary>
internal struct EventFold
{
    public CallerModel Caller;
    public UserModel? User;
    public DeviceModel? Device;
    public EndpointModel? Endpoint;
    public IPAddress? Source;

    /// <summary>As typed, where it does not follow from user and device; else null.</summary>
    public string? TypedLogin;

    /// <summary>Minutes since the beginning of the calendar: no fold crosses a minute.</summary>
    public int Minute;
    public byte Reason;
    public byte Scheme;
    public bool ServedStale;

    /// <summary>One rejection that keeps its own id.</summary>
    public bool IsSingle;
    public int Count;
    public int FromMemory;
    public long FirstAt;
    public long LastAt;

    /// <summary>Sum of the latencies, ticks.</summary>
    public long Latency;
    public long LongestLatency;
    public VerificationId FirstId;
    public VerificationId LastId;

    public readonly RejectionReason TrueReason => (RejectionReason)Reason;

    public readonly AuthSchemes AuthScheme => (AuthSchemes)Scheme;

    public readonly bool IsAccepted => TrueReason is RejectionReason.None;

    public static int MinuteOf(long ticks) => (int)(ticks / TimeSpan.TicksPerMinute);

    public static int HashOf(in VerificationRecord record)
    {
        int hash = record.User is { } user ? user.Id.GetHashCode() : string.GetHashCode(record.Login);
        if (record.Device is { } device)
            hash ^= device.Id.GetHashCode();
        if (record.Source is { } source)
            hash = hash * 31 + source.GetHashCode();
        return (hash + (int)record.Reason) * unchecked((int)0x9E3779B1);
    }

    public readonly bool Holds(in VerificationRecord record) =>
        ReferenceEquals(User, record.User) && ReferenceEquals(Device, record.Device) && Minute == MinuteOf(record.At) && Reason == (byte)record.Reason
        && ReferenceEquals(Caller, record.Caller) && ReferenceEquals(Endpoint, record.Endpoint) && Scheme == (byte)record.Scheme && ServedStale == record.ServedStale
        && (TypedLogin is null ? record.IsKnownLogin : record.Login.SequenceEqual(TypedLogin))
        && (Source is null ? record.Source is null : record.Source is not null && Source.Equals(record.Source));

    public void Begin(in VerificationRecord record, bool single = false)
    {
        Caller = record.Caller;
        User = record.User;
        Device = record.Device;
        Endpoint = record.Endpoint;
        Source = record.Source;
        TypedLogin = record.IsKnownLogin ? null : record.Login.ToString();
        Minute = MinuteOf(record.At);
        Reason = (byte)record.Reason;
        Scheme = (byte)record.Scheme;
        ServedStale = record.ServedStale;
        IsSingle = single;
        FirstAt = record.At;
        FirstId = record.Id;
        Count = FromMemory = 0;
        Latency = LongestLatency = 0;
        Add(record);
    }

    public void Add(in VerificationRecord record)
    {
        int times = Math.Max(1, record.Count);
        Count += times;
        if (record.FromMemory)
            FromMemory += times;
        LastAt = record.At;
        LastId = record.Id;
        Latency += record.Latency;
        if (record.Latency > LongestLatency)
            LongestLatency = record.Latency;
    }
}
