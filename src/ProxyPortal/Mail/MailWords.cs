using ProxyPortal.Components.Theme;

namespace ProxyPortal.Mail;

/// <summary>The words for states and kinds of mails, in their one place.</summary>
internal static class MailWords
{
    public static string Code(this MailState state) => state.ToString().ToLowerInvariant();

    public static MailState? Parse(string? code) => Enum.GetValues<MailState>().Select(state => (MailState?)state).FirstOrDefault(state => state!.Value.Code() == code);

    public static string Title(this MailState state) => state switch
    {
        MailState.Queued => "Waiting",
        MailState.Sent => "Sent",
        MailState.Failed => "Not delivered",
        MailState.Cancelled => "Cancelled",
    };

    public static StatusTone Tone(this MailState state) => state switch
    {
        MailState.Queued => StatusTone.Soon,
        MailState.Sent => StatusTone.Well,
        MailState.Failed => StatusTone.Wrong,
        MailState.Cancelled => StatusTone.Off,
    };

    public static string Title(this MailKind kind) => kind switch
    {
        MailKind.Notice => "Notice",
        MailKind.PasswordReset => "Password reset",
        MailKind.Invitation => "Invitation",
        MailKind.ConfirmAddress => "Confirmation of an address",
        MailKind.ConfirmRequest => "Confirmation of a request",
        MailKind.VerificationCode => "One-time code",
        MailKind.Digest => "Daily mail",
    };
}
