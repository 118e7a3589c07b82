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
        LoginNameFault nameFault = LoginName.Fold(userId, login, out int loginLength);
        if (nameFault is not LoginNameFault.None)
            return nameFault is LoginNameFault.TooLong ? VerifyFault.UserIdTooLong : VerifyFault.UserIdInvalid;
        Span<byte> prepared = stackalloc byte[PasswordText.MaxBytes];
        PasswordTextFault secretFault = PasswordText.Prepare(secret, prepared, out int length);
        if (secretFault is not PasswordTextFault.None)
            return secretFault is PasswordTextFault.TooLong ? VerifyFault.PasswordTooLong : VerifyFault.PasswordInvalid;
        pending = verifier.VerifyAsync(question, login[..loginLength], prepared[..length]);
        CryptographicOperations.ZeroMemory(prepared[..length]);
        return null;
    }
}
