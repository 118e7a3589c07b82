using System.Text;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Verification.Throttling;

namespace ProxyPortal.Verification.Passwords;

/// <summary>What is known about a presented password, and the user as the directory held it at that moment.</summary>
/// <param name="Proof">What is known.</param>
/// <param name="User">The user, or null.</param>
/// <param name="FromMemory">Whether it was remembered instead of compared.</param>
internal readonly record struct Proven(SecretProof Proof, UserModel? User, bool FromMemory = false);

/// <summary>
/// Proves chosen passwords: remembered ones at once, others by a slow hash, none while the place is throttled. Whoever is not let through
/// gets his answer after the same time, whether he exists or not: by comparing with a hash that nothing matches, or by a timer that
/// takes as long.
/// </summary>
internal sealed class PasswordProver(
    DirectoryIndex index, ProofCache proofs, HashGate gate, AttemptThrottle throttle, AttemptPlaces places, PasswordKinds kinds, PasswordHashing hashing,
    PasswordRenewal renewal, FormerPasswordWatch former, SupersededUses uses, ColdTimes cold, TimeProvider time)
{
    // Answers that wait for a timer hold no thread, but each holds a request.
    private const int MostDelayed = 1024;
    private readonly BoundedMemory _unlooked = new(20_000, TimeSpan.FromSeconds(10), time);
    private int _delayed;

    /// <summary>Answers that wait for nothing but their time.</summary>
    public int Delayed => Volatile.Read(ref _delayed);

    /// <param name="question">Who asks.</param>
    /// <param name="user">The user of that name, or null.</param>
    /// <param name="userId">Folded user-id, without a device.</param>
    /// <param name="secret">Prepared, not empty.</param>
    public ValueTask<Proven> ProveAsync(in Question question, UserModel? user, ReadOnlySpan<char> userId, ReadOnlySpan<byte> secret)
    {
        DigestKey key = KeyOf(user, userId, secret);
        // Before the memory of proofs: it would answer a throttled guesser as fast as he can ask.
        AttemptPlace place = default;
        bool isPlaceKnown = throttle.MayBlock;
        if (isPlaceKnown && throttle.Blocks(place = places.Of(question, userId, user?.PasswordVersion ?? 0)))
            return Unlooked(question, user, userId, key);
        bool? remembered = proofs.Recall(key);
        if (remembered is true)
            return new(new Proven(SecretProof.Proved, user, FromMemory: true));
        if (IsSuperseded(question, user, userId, key))
            return remembered is false ? new(new Proven(SecretProof.Superseded, user, FromMemory: true)) : RememberLaterAsync(user, userId, key);
        if (remembered is false)
            return new(new Proven(SecretProof.Disproved, user, FromMemory: true));
        if (!isPlaceKnown)
            place = places.Of(question, userId, user?.PasswordVersion ?? 0);
        if (!throttle.TryReserve(place, key.B, out Reservation reservation))
            return Unlooked(question, user, userId, key);
        return CompareAsync(question, user, userId, key, secret, reservation);
    }

    /// <summary>Whether the password was proved before and may be looked at now.</summary>
    public bool Recalls(in Question question, UserModel? user, ReadOnlySpan<char> userId, ReadOnlySpan<byte> secret) => user is not null
        && !(throttle.MayBlock && throttle.Blocks(places.Of(question, userId, user.PasswordVersion)))
        && proofs.Recall(KeyOf(user, userId, secret)) is true;

    private ValueTask<Proven> CompareAsync(in Question question, UserModel? user, ReadOnlySpan<char> userId, DigestKey key, ReadOnlySpan<byte> secret, Reservation reservation)
    {
        string login = userId.ToString();
        // Unknown names, and accounts without a password for proxies, take the same road with a hash that nothing matches.
        byte[] stored = StoredOf(user, userId);
        Action<SecretMatch, byte[]>? after = user?.PasswordHash is null ? null : TakeNote(new Suspect(
            key, user.Id, login, question.Request.ClientAddress, reservation.Place, reservation.Secret, question.Request.At), stored, user.PasswordVersion > 1);
        long startedAt = time.GetTimestamp();
        Task<GateAnswer> answer = gate.CompareAsync(key, stored, secret, new Lane(question.Caller.ProxyId, reservation.Place.Source), after);
        return new(FinishAsync(user, login, key, answer, reservation, stored, startedAt));
    }

    // On a hash thread, while the password is still there.
    private Action<SecretMatch, byte[]> TakeNote(Suspect suspect, byte[] stored, bool hasFormer) => (match, prepared) =>
    {
        if (match is SecretMatch.MatchRehashNeeded)
            renewal.Offer(suspect.UserId, stored, prepared);
        else if (match is SecretMatch.Mismatch && hasFormer)
            former.Offer(suspect, prepared);
    };

    private async Task<Proven> FinishAsync(UserModel? user, string login, DigestKey key, Task<GateAnswer> pending, Reservation reservation, byte[] stored, long startedAt)
    {
        GateAnswer answer = await pending;
        if (answer is GateAnswer.Overloaded)
        {
            throttle.Refund(reservation);
            return new Proven(SecretProof.Overloaded, user);
        }
        cold.Record(hashing.KindOf(stored), startedAt);
        // The directory may have changed while the hash was computed: what counts is what holds now.
        UserModel? current = index.FindUser(login);
        bool matched = answer is GateAnswer.Match && current?.PasswordHash is not null && current.Id == user?.Id && current.PasswordVersion == user.PasswordVersion;
        proofs.Remember(key, matched);
        if (matched)
            throttle.Succeed(reservation);
        else if (answer is GateAnswer.Match)
            throttle.Refund(reservation);
        else
            return new Proven(Failed(reservation, key), current);
        return new Proven(matched ? SecretProof.Proved : SecretProof.Disproved, current);
    }

    private SecretProof Failed(in Reservation reservation, in DigestKey key)
    {
        throttle.Fail(reservation);
        if (!former.IsSuperseded(key, out _))
            return SecretProof.Disproved;
        throttle.Forgive(reservation.Place, reservation.Secret);
        return SecretProof.Superseded;
    }

    private bool IsSuperseded(in Question question, UserModel? user, ReadOnlySpan<char> userId, in DigestKey key)
    {
        if (user is null || !former.IsSuperseded(key, out long replacedAt))
            return false;
        uses.RecordSuperseded(user.Id, userId.ToString(), question.Request.ClientAddress, replacedAt, question.Request.At);
        return true;
    }

    // The second time within seconds is answered at once, as a compared one would be.
    private ValueTask<Proven> Unlooked(in Question question, UserModel? user, ReadOnlySpan<char> userId, in DigestKey key)
    {
        SecretProof proof = IsSuperseded(question, user, userId, key) ? SecretProof.Superseded : SecretProof.Throttled;
        if (proof is SecretProof.Throttled)
            throttle.CountThrottled();
        if (proofs.Recall(key) is false || _unlooked.Contains(key))
            return new(new Proven(proof, user));
        _unlooked.Add(key);
        return DelayAsync(new Proven(proof, user), hashing.KindOf(StoredOf(user, userId)));
    }

    private ValueTask<Proven> RememberLaterAsync(UserModel? user, ReadOnlySpan<char> userId, in DigestKey key)
    {
        proofs.Remember(key, matched: false);
        return DelayAsync(new Proven(SecretProof.Superseded, user), hashing.KindOf(StoredOf(user, userId)));
    }

    private ValueTask<Proven> DelayAsync(Proven answer, string kind)
    {
        TimeSpan delay = cold.Draw(kind);
        if (delay <= TimeSpan.Zero)
            return new(answer);
        // Those who come at the same instant may pass the bound by as many as there are threads.
        return Delayed < MostDelayed ? new(WaitAsync(answer, Task.Delay(delay, time))) : new(answer with { Proof = SecretProof.Overloaded });
    }

    // Counted once its time runs: whoever counts them and moves the clock must not be too early.
    private async Task<Proven> WaitAsync(Proven answer, Task due)
    {
        Interlocked.Increment(ref _delayed);
        await due;
        Interlocked.Decrement(ref _delayed);
        return answer;
    }

    private byte[] StoredOf(UserModel? user, ReadOnlySpan<char> userId) => user?.PasswordHash ?? kinds.HashOfStranger(userId);

    private DigestKey KeyOf(UserModel? user, ReadOnlySpan<char> userId, ReadOnlySpan<byte> secret)
    {
        // Without a usable password (none, or a portal role forbids it) a user is a stranger here: what was proved before does not count.
        if (user?.PasswordHash is not null)
            return proofs.KeyOf(user.Id, user.PasswordVersion, [], secret);
        Span<byte> name = stackalloc byte[LoginName.MaxBytes * 3];
        return proofs.KeyOf(Guid.Empty, 0, name[..Encoding.UTF8.GetBytes(userId, name)], secret);
    }
}
