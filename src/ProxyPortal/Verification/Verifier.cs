using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Verification.Events;
using ProxyPortal.Verification.Passwords;

namespace ProxyPortal.Verification;

/// <summary>Who asks, about which way in, and when.</summary>
/// <param name="Caller">The proxy that asks.</param>
/// <param name="Request">The pure part of the question.</param>
internal readonly record struct Question(CallerModel Caller, VerificationRequest Request);

/// <summary>What came out, with all that an adapter needs to say it in its dialect.</summary>
internal readonly record struct VerificationOutcome(
    VerificationId Id, VerificationDecision Decision, UserModel? User, DeviceModel? Device, int ValidForSeconds)
{
    /// <summary>The longest for which a caller may ever let in on the last known good.</summary>
    public const int LongestGraceSeconds = 15 * 60;

    /// <summary>Seconds until what carries the acceptance ends, where that is within <see cref="LongestGraceSeconds"/>.</summary>
    public int? EndsInSeconds { get; init; }
}

/// <summary>
/// The one engine behind every dialect: card index, memory, vault, bench (see README.md). Completes synchronously unless a password has
/// to be hashed for the first time, or its answer has to take as long.
/// </summary>
internal sealed class Verifier(
    DirectoryIndex index, PasswordProver passwords, SecretKeys keys, SupersededUses uses, VerificationEvents events, RecentProofs recent, TimeProvider time, IOptions<VerificationOptions> options) : IDisposable
{
    private readonly int _validForSeconds = options.Value.ValidForSeconds;
    private readonly KeyedHash _deviceHash = new(keys.DeviceKey);

    /// <param name="question">Who asks.</param>
    /// <param name="login">Folded login name (<see cref="LoginName"/>).</param>
    /// <param name="secret">Prepared secret (<see cref="Core.Secrets.PasswordText"/>).</param>
    public ValueTask<VerificationOutcome> VerifyAsync(in Question question, ReadOnlySpan<char> login, ReadOnlySpan<byte> secret)
    {
        LoginName.Split(login, out ReadOnlySpan<char> userId, out ReadOnlySpan<char> deviceName);
        UserModel? user = index.FindUser(userId);
        if (!deviceName.IsEmpty)
            return new(VerifyDevice(question, user, user?.FindDevice(deviceName), login, secret));
        if (secret.IsEmpty)
            return new(Weigh(question, user, null, deviceNamed: false, SecretProof.Disproved, login));
        ValueTask<Proven> pending = passwords.ProveAsync(question, user, userId, secret);
        if (!pending.IsCompletedSuccessfully)
            return new(FinishAsync(question, pending, login.ToString()));
        (SecretProof proof, user, bool fromMemory) = pending.GetAwaiter().GetResult();
        return new(Weigh(question, user, null, deviceNamed: false, proof, login, fromMemory));
    }

    /// <summary>Decides only what needs no work and no waiting: device secrets, and passwords that were proved before. False for everything
    /// else, of which nothing is counted or recorded.</summary>
    public bool TryRecall(in Question question, ReadOnlySpan<char> login, ReadOnlySpan<byte> secret, out VerificationOutcome outcome)
    {
        LoginName.Split(login, out ReadOnlySpan<char> userId, out ReadOnlySpan<char> deviceName);
        UserModel? user = index.FindUser(userId);
        bool isKnown = !deviceName.IsEmpty || passwords.Recalls(question, user, userId, secret);
        outcome = !isKnown ? default
            : deviceName.IsEmpty ? Weigh(question, user, null, deviceNamed: false, SecretProof.Proved, login, fromMemory: true)
            : VerifyDevice(question, user, user?.FindDevice(deviceName), login, secret);
        return isKnown;
    }

    private async Task<VerificationOutcome> FinishAsync(Question question, ValueTask<Proven> pending, string login)
    {
        (SecretProof proof, UserModel? user, bool fromMemory) = await pending;
        return Weigh(question, user, null, deviceNamed: false, proof, login, fromMemory);
    }

    /// <summary>No credentials came: how every session starts, and nobody's failure.</summary>
    public VerificationOutcome NotPresented(in Question question) => WeighNobody(question, SecretProof.NotPresented);

    /// <summary>Credentials came that nobody can read.</summary>
    public VerificationOutcome Unreadable(in Question question) => WeighNobody(question, SecretProof.Unreadable);

    /// <summary>May somebody whose secret the caller has proved still use the proxy? Nothing is compared, counted as a guess or remembered
    /// as a proof.</summary>
    public VerificationOutcome Authorize(in Question question, ReadOnlySpan<char> login)
    {
        LoginName.Split(login, out ReadOnlySpan<char> userId, out ReadOnlySpan<char> deviceName);
        UserModel? user = index.FindUser(userId);
        DeviceModel? device = deviceName.IsEmpty ? null : user?.FindDevice(deviceName);
        bool isProved = (device?.Id ?? (deviceName.IsEmpty ? user?.Id : null)) is { } credential && recent.Contains(credential, question.Request.At);
        // Where there is nothing to prove by now (the account got a portal role, say), an earlier proof is worth nothing.
        bool isProvable = device is not null || user?.PasswordHash is not null;
        SecretProof proof = !isProvable ? SecretProof.Disproved : isProved ? SecretProof.VouchedAndProved : SecretProof.Vouched;
        return Weigh(question, user, device, !deviceName.IsEmpty, proof, login);
    }

    /// <summary>Nothing can be said: the credentials came in a scheme this engine cannot verify yet.</summary>
    public VerificationOutcome Unsupported(in Question question) => WeighNobody(question, SecretProof.Unsupported);

    private VerificationOutcome WeighNobody(in Question question, SecretProof proof) => Weigh(question, null, null, deviceNamed: false, proof, "");

    // A device secret has at least 128 bits: nobody guesses it, and nobody is throttled here, so that an attack on the password leaves the
    // device at work.
    private VerificationOutcome VerifyDevice(in Question question, UserModel? user, DeviceModel? device, ReadOnlySpan<char> login, ReadOnlySpan<byte> secret)
    {
        SecretProof proof = ProveDevice(device, secret, question.Request.At, out long replacedAt);
        if (proof is SecretProof.Superseded)
            uses.RecordSuperseded(user!.Id, login.ToString(), question.Request.ClientAddress, replacedAt, question.Request.At);
        return Weigh(question, user, device, deviceNamed: true, proof, login);
    }

    private SecretProof ProveDevice(DeviceModel? device, ReadOnlySpan<byte> secret, long at, out long replacedAt)
    {
        replacedAt = 0;
        Span<byte> digest = stackalloc byte[KeyedHash.Size];
        _deviceHash.Compute(secret, digest);
        DigestBytes stored = device?.SecretDigest ?? default;
        if (CryptographicOperations.FixedTimeEquals(digest, stored) && device is not null)
            return SecretProof.Proved;
        foreach (FormerSecretModel former in device?.FormerSecrets ?? [])
        {
            if (!CryptographicOperations.FixedTimeEquals(digest, former.Digest))
                continue;
            replacedAt = former.ReplacedAt;
            return at < former.ProvesUntil ? SecretProof.Proved : SecretProof.Superseded;
        }
        return SecretProof.Disproved;
    }

    private VerificationOutcome Weigh(in Question question, UserModel? user, DeviceModel? device, bool deviceNamed, SecretProof proof, ReadOnlySpan<char> login, bool fromMemory = false)
    {
        var evidence = new Evidence(question.Request, user, deviceNamed, device, proof, user?.LastUsedAt ?? 0);
        VerificationDecision decision = DecisionEngine.Decide(evidence);
        if (proof is SecretProof.Proved && decision.SecretProved)
            recent.Saw(device?.Id ?? user!.Id, question.Request.At);
        VerificationId id = VerificationId.Create(question.Request.At);
        events.Record(new VerificationRecord
        {
            Id = id,
            At = question.Request.At,
            Caller = question.Caller,
            Endpoint = question.Request.Endpoint,
            Scheme = question.Request.Scheme,
            User = user,
            Device = device,
            Login = login,
            Source = question.Request.ClientAddress,
            Reason = decision.Reason,
            FromMemory = fromMemory,
            Latency = Math.Max(0, time.GetUtcNow().UtcTicks - question.Request.At),
        });
        int validFor = 0;
        long left = long.MaxValue;
        if (decision.Accepted)
        {
            user!.MarkUsed(question.Request.At);
            device?.MarkUsed(question.Request.At);
            long until = DecisionEngine.AcceptableUntil(evidence);
            validFor = ValidFor(until, question.Request.At);
            left = (until - question.Request.At) / TimeSpan.TicksPerSecond;
        }
        return new(id, decision, user, device, validFor)
        {
            EndsInSeconds = left < VerificationOutcome.LongestGraceSeconds ? (int)left : null,
        };
    }

    public void Dispose() => _deviceHash.Dispose();

    private int ValidFor(long until, long now) => (int)Math.Clamp((until - now) / TimeSpan.TicksPerSecond, 0, _validForSeconds);
}
