using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Verification.Events;

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
/// to be hashed for the first time.
/// </summary>
internal sealed class Verifier(DirectoryIndex index, ProofCache proofs, HashGate gate, PasswordHashing hashing, SecretKeys keys, VerificationEvents events, RecentProofs recent, TimeProvider time, IOptions<VerificationOptions> options)
{
    private readonly int _validForSeconds = options.Value.ValidForSeconds;

    /// <param name="question">Who asks.</param>
    /// <param name="login">Folded login name (<see cref="LoginName"/>).</param>
    /// <param name="secret">Prepared secret (<see cref="Core.Secrets.PasswordText"/>).</param>
    public ValueTask<VerificationOutcome> VerifyAsync(in Question question, ReadOnlySpan<char> login, ReadOnlySpan<byte> secret)
    {
        LoginName.Split(login, out ReadOnlySpan<char> userId, out ReadOnlySpan<char> deviceName);
        UserModel? user = index.FindUser(userId);
        if (!deviceName.IsEmpty)
            return new(Weigh(question, user, user?.FindDevice(deviceName), deviceNamed: true, ProveDevice(user?.FindDevice(deviceName), secret, question.Request.At), login));
        if (secret.IsEmpty)
            return new(Weigh(question, user, null, deviceNamed: false, SecretProof.Disproved, login));

        DigestKey key = KeyOf(user, userId, secret);
        if (proofs.Recall(key) is { } remembered)
            return new(Weigh(question, user, null, deviceNamed: false, remembered ? SecretProof.Proved : SecretProof.Disproved, login, fromMemory: true));

        // Unknown names, and accounts without a password for proxies, take the same road with a hash that nothing matches.
        Task<GateAnswer> answer = gate.CompareAsync(key, user?.PasswordHash ?? hashing.Dummy, secret);
        return new(FinishAsync(question, user, key, answer, login.ToString()));
    }

    private async Task<VerificationOutcome> FinishAsync(Question question, UserModel? user, DigestKey key, Task<GateAnswer> pending, string login)
    {
        GateAnswer answer = await pending;
        if (answer is GateAnswer.Overloaded)
            return Weigh(question, user, null, deviceNamed: false, SecretProof.Overloaded, login);
        // The directory may have changed while the hash was computed: what counts is what holds now.
        UserModel? current = index.FindUser(login);
        bool matched = answer is GateAnswer.Match && current?.PasswordHash is not null && current.Id == user?.Id && current.PasswordVersion == user.PasswordVersion;
        proofs.Remember(key, matched);
        return Weigh(question, current, null, deviceNamed: false, matched ? SecretProof.Proved : SecretProof.Disproved, login);
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

    private SecretProof ProveDevice(DeviceModel? device, ReadOnlySpan<byte> secret, long at)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keys.DeviceKey, secret, digest);
        DigestBytes stored = device?.SecretDigest ?? default;
        if (CryptographicOperations.FixedTimeEquals(digest, stored) && device is not null)
            return SecretProof.Proved;
        foreach (FormerSecretModel former in device?.FormerSecrets ?? [])
        {
            if (CryptographicOperations.FixedTimeEquals(digest, former.Digest))
                return at < former.ProvesUntil ? SecretProof.Proved : SecretProof.Superseded;
        }
        return SecretProof.Disproved;
    }

    private DigestKey KeyOf(UserModel? user, ReadOnlySpan<char> userId, ReadOnlySpan<byte> secret)
    {
        // Without a usable password (none, or a portal role forbids it) a user is a stranger here: what was proved before does not count.
        if (user?.PasswordHash is not null)
            return proofs.KeyOf(user.Id, user.PasswordVersion, [], secret);
        Span<byte> name = stackalloc byte[LoginName.MaxBytes * 3];
        return proofs.KeyOf(Guid.Empty, 0, name[..Encoding.UTF8.GetBytes(userId, name)], secret);
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

    private int ValidFor(long until, long now) => (int)Math.Clamp((until - now) / TimeSpan.TicksPerSecond, 0, _validForSeconds);
}
