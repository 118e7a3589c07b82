using System.Security.Cryptography;
using System.Text;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.Verification.Passwords;

namespace ProxyPortal.Account.SignIn;

/// <summary>Slow password comparisons for the portal's own doors: a few at once, a short queue, and beyond it a refusal, so that a flood
/// of sign-ins takes neither the memory nor the processors from verification.</summary>
internal sealed class PasswordWork(PasswordHashing hashing, PasswordKinds kinds) : IDisposable
{
    private const int LongestQueue = 64;
    private readonly SemaphoreSlim _workers = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int _waiting;
    private int _compared;

    /// <summary>How many comparisons were made: tests see by it that every refusal costs the same.</summary>
    public int Compared => Volatile.Read(ref _compared);

    /// <summary>Compares with <paramref name="stored"/>, or, when there is none, with a hash that nothing matches and that
    /// <paramref name="userId"/> might have had; null when overloaded.</summary>
    public async Task<SecretMatch?> CompareAsync(string userId, string? stored, string password, CancellationToken cancellationToken)
    {
        using IDisposable? turn = await EnterAsync(cancellationToken);
        if (turn is null)
            return null;
        Interlocked.Increment(ref _compared);
        // A text that no password can be is compared all the same: it fails, and takes as long as any other.
        byte[] prepared = PasswordText.Prepare(password, out PasswordTextFault fault) ?? [];
        try
        {
            byte[] target = TargetOf(userId, stored);
            SecretMatch match = await Task.Run(() => hashing.Verify(target, prepared), CancellationToken.None);
            return stored is null || fault is not PasswordTextFault.None ? SecretMatch.Mismatch : match;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(prepared);
        }
    }

    /// <summary>What a password is compared with.</summary>
    internal byte[] TargetOf(string userId, string? stored) => stored is null ? kinds.HashOfStranger(userId) : Encoding.ASCII.GetBytes(stored);

    /// <summary>The hash of a password that <see cref="PasswordRules"/> accepted; null when overloaded.</summary>
    public async Task<string?> HashAsync(string password, CancellationToken cancellationToken)
    {
        using IDisposable? turn = await EnterAsync(cancellationToken);
        if (turn is null)
            return null;
        byte[] prepared = PasswordText.Prepare(password, out _) ?? throw new ArgumentException("The password was not checked.", nameof(password));
        try
        {
            return await Task.Run(() => hashing.Hash(prepared), CancellationToken.None);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(prepared);
        }
    }

    public void Dispose() => _workers.Dispose();

    private async Task<IDisposable?> EnterAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > LongestQueue)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }
        try
        {
            await _workers.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        return new Turn(_workers);
    }

    private sealed class Turn(SemaphoreSlim workers) : IDisposable
    {
        public void Dispose() => workers.Release();
    }
}
