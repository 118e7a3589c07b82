using System.Security.Cryptography;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Secrets;

namespace ProxyPortal.Verification;

/// <summary>A name and a secret as somebody typed them, prepared the one way in which the engine takes them, for every dialect.</summary>
internal static class TypedLogin
{
    /// <param name="verifier">Who is asked.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="userId">Login name, UTF-8, as it came.</param>
    /// <param name="secret">Secret, UTF-8, as it came. The caller wipes it; the prepared copy is wiped here.</param>
    /// <param name="pending">The outcome, when the result is null.</param>
    /// <returns>Why these cannot be a name and a secret. Nothing was asked then.</returns>
    public static VerifyFault? Ask(Verifier verifier, in Question question, ReadOnlySpan<byte> userId, ReadOnlySpan<byte> secret, out ValueTask<VerificationOutcome> pending)
    {
        pending = default;
        Span<char> login = stackalloc char[LoginName.MaxBytes];
        Span<byte> prepared = stackalloc byte[PasswordText.MaxBytes];
        if (Prepare(userId, login, out int loginLength, secret, prepared, out int length) is { } fault)
            return fault;
        pending = verifier.VerifyAsync(question, login[..loginLength], prepared[..length]);
        CryptographicOperations.ZeroMemory(prepared[..length]);
        return null;
    }

    /// <summary>The same, where only memory is to answer. False when it cannot, or when these cannot be a name and a secret: nothing was
    /// counted then.</summary>
    public static bool TryRecall(Verifier verifier, in Question question, ReadOnlySpan<byte> userId, ReadOnlySpan<byte> secret, out VerificationOutcome outcome)
    {
        outcome = default;
        Span<char> login = stackalloc char[LoginName.MaxBytes];
        Span<byte> prepared = stackalloc byte[PasswordText.MaxBytes];
        if (Prepare(userId, login, out int loginLength, secret, prepared, out int length) is not null)
            return false;
        bool isKnown = verifier.TryRecall(question, login[..loginLength], prepared[..length], out outcome);
        CryptographicOperations.ZeroMemory(prepared[..length]);
        return isKnown;
    }

    private static VerifyFault? Prepare(ReadOnlySpan<byte> userId, Span<char> login, out int loginLength, ReadOnlySpan<byte> secret, Span<byte> prepared, out int length)
    {
        length = 0;
        LoginNameFault nameFault = LoginName.Fold(userId, login, out loginLength);
        if (nameFault is not LoginNameFault.None)
            return nameFault is LoginNameFault.TooLong ? VerifyFault.UserIdTooLong : VerifyFault.UserIdInvalid;
        return PasswordText.Prepare(secret, prepared, out length) switch
        {
            PasswordTextFault.None => null,
            PasswordTextFault.TooLong => VerifyFault.PasswordTooLong,
            _ => VerifyFault.PasswordInvalid,
        };
    }
}
