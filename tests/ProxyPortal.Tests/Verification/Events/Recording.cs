using System.Net;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Verification;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Tests.Verification.Events;

/// <summary>What the engine records, without the engine.</summary>
internal sealed class Recording
{
    public static EndpointModel Hq { get; } = new(Guid.CreateVersion7(), "hq", Guid.CreateVersion7(), AuthSchemes.Basic);

    public static CallerModel Caller { get; } = new() { ProxyId = Guid.CreateVersion7(), Name = "hq-squid", Endpoints = [Hq] };

    public static IPAddress Desk { get; } = IPAddress.Parse("192.0.2.10");

    public static UserModel User(string userId, Guid? id = null, params DeviceModel[] devices) => new()
    {
        Id = id ?? Guid.CreateVersion7(),
        UserId = userId,
        PasswordVersion = 1,
        PasswordHash = null,
        Suspended = false,
        Access = SharedAccess.OfNoGroup,
        Devices = devices,
    };

    public static DeviceModel Device(string name, Guid? id = null) => new() { Id = id ?? Guid.CreateVersion7(), Name = name, State = DeviceState.Approved, SecretDigest = default };
}

internal static class RecordingExtensions
{
    /// <summary>Records one verification and returns its id.</summary>
    public static VerificationId Record(
        this VerificationEvents events, DateTimeOffset at, UserModel? user, string? login = null, RejectionReason reason = RejectionReason.None, IPAddress? source = null,
        DeviceModel? device = null, bool fromMemory = false, TimeSpan latency = default, CallerModel? caller = null)
    {
        var id = VerificationId.Create(at.UtcTicks);
        events.Record(new VerificationRecord
        {
            Id = id,
            At = at.UtcTicks,
            Caller = caller ?? Recording.Caller,
            Endpoint = Recording.Hq,
            Scheme = AuthSchemes.Basic,
            User = user,
            Device = device,
            Login = login ?? (device is null ? user!.UserId : $"{user!.UserId}+{device.Name}"),
            Source = source,
            Reason = reason,
            FromMemory = fromMemory,
            Latency = latency.Ticks,
        });
        return id;
    }
}

/// <summary>Keeps everything it is told.</summary>
internal sealed class ListeningFollower : IEventFollower
{
    public List<EventFold> Folds { get; } = [];

    public Dictionary<RejectionReason, long> Lost { get; } = [];

    public long Count(RejectionReason reason) => Folds.Where(fold => fold.TrueReason == reason).Sum(fold => fold.Count) + Lost.GetValueOrDefault(reason);

    public void Follow(in EventFold fold) => Folds.Add(fold);

    public void FollowLost(RejectionReason reason, long count) => Lost[reason] = Lost.GetValueOrDefault(reason) + count;
}
