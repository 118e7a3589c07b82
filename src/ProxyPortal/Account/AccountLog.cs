namespace ProxyPortal.Account;

internal static partial class AccountLog
{
    [LoggerMessage(EventId = 1200, Level = LogLevel.Error, Message = "A sign-in session could not be looked up; its request is treated as not signed in")]
    public static partial void SessionLookupFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 1201, Level = LogLevel.Warning, Message = "The stored password hash of account {UserId} cannot be read; nobody can sign in by it")]
    public static partial void MalformedHash(ILogger logger, Guid userId);

    [LoggerMessage(EventId = 1202, Level = LogLevel.Warning, Message = "A passkey was refused")]
    public static partial void PasskeyRefused(ILogger logger, Exception? exception);

    [LoggerMessage(EventId = 1203, Level = LogLevel.Information, Message = "The password hash of account {UserId} could not be renewed at the present cost")]
    public static partial void RehashSkipped(ILogger logger, Exception exception, Guid userId);
}
