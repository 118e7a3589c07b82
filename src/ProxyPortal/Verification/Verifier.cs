using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Verification.Passwords;

namespace ProxyPortal.Verification;

/// <summary>Who asks, about which way in, and when.</summary>
/// <param name="Caller">The proxy that asks.</param>
/// <param name="Request">The pure part of the question.</param>
internal readonly record struct Question(CallerModel Caller, VerificationRequest Request);

/// <summary>What came out, with all that an adapter needs to say it in its dialect.</summary>
internal readonly record struct VerificationOutcome(
    VerificationId Id, VerificationDecision Decision, UserModel? User, DeviceModel? Device, int ValidForSeconds);

/// <summary>
/// The one engine behind every dialect: card index, memory, vault, bench (see README.md). Completes synchronously unless a password has
/// to be hashed for the first time, or its answer has to take as long.
/// </summary>
internal sealed class Verifier(DirectoryIndex index, PasswordProver passwords, SecretKeys keys, SupersededUses uses, VerificationActivity activity, IOptions<VerificationOptions> options)
{
    private readonly int _validForSeconds = options.Value.ValidForSeconds;
    private static readonly byte[] NoDigest = new byte[HMACSHA256.HashSizeInBytes];

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
        (SecretProof proof, user) = pending.GetAwaiter().GetResult();
        return new(Weigh(question, user, null, deviceNamed: false, proof, login));
    }

    private async Task<VerificationOutcome> FinishAsync(Question question, ValueTask<Proven> pending, string login)
    {
        (SecretProof proof, UserModel? user) = await pending;
        return Weigh(question, user, null, deviceNamed: false, proof, login);
    }

    /// <summary>Nothing can be said: the credentials came in a scheme this engine cannot verify yet.</summary>
    public VerificationOutcome Unsupported(in Question question)
    {
        return Weigh(question, null, null, deviceNamed: false, SecretProof.Unsupported, "");
    }

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
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keys.DeviceKey, secret, digest);
        if (CryptographicOperations.FixedTimeEquals(digest, device?.SecretDigest ?? NoDigest) && device is not null)
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

    private VerificationOutcome Weigh(in Question question, UserModel? user, DeviceModel? device, bool deviceNamed, SecretProof proof, ReadOnlySpan<char> login)
    {
        var evidence = new Evidence(question.Request, user, deviceNamed, device, proof, user?.LastUsedAt ?? 0);
        VerificationDecision decision = DecisionEngine.Decide(evidence);
        activity.Record(question, decision, login);
        int validFor = 0;
        if (decision.Accepted)
        {
            user!.MarkUsed(question.Request.At);
            device?.MarkUsed(question.Request.At);
            validFor = ValidFor(DecisionEngine.AcceptableUntil(evidence), question.Request.At);
        }
        return new(VerificationId.Create(question.Request.At), decision, user, device, validFor);
    }

    private int ValidFor(long until, long now) => (int)Math.Clamp((until - now) / TimeSpan.TicksPerSecond, 0, _validForSeconds);
}
