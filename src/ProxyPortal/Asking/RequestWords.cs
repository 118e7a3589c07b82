using ProxyPortal.Components.Theme;

namespace ProxyPortal.Asking;

/// <summary>How a request is said and drawn, wherever it appears.</summary>
internal static class RequestWords
{
    public static string Title(RequestStatus status) => status switch
    {
        RequestStatus.Waiting => "Waits",
        RequestStatus.Accepted => "Accepted",
        RequestStatus.Declined => "Declined",
        RequestStatus.Withdrawn => "Withdrawn",
        RequestStatus.Lapsed => "Lapsed",
    };

    public static StatusTone Tone(RequestStatus status) => status switch
    {
        RequestStatus.Waiting => StatusTone.Soon,
        RequestStatus.Accepted => StatusTone.Well,
        RequestStatus.Declined => StatusTone.Wrong,
        _ => StatusTone.Off,
    };
}
