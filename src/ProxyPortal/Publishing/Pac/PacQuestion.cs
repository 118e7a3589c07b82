namespace ProxyPortal.Publishing.Pac;

/// <summary>An address of which somebody asks what a PAC file does with it.</summary>
internal static class PacQuestion
{
    public const int LongestUrl = 2000;

    /// <summary>The address, or null where the text is none.</summary>
    public static Uri? Read(string text)
    {
        if (text.Length > LongestUrl)
            return null;
        // People type what stands in the address bar, which leaves the scheme out.
        string whole = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        return Uri.TryCreate(whole, UriKind.Absolute, out Uri? url) && url is { Scheme: "http" or "https" or "ftp" or "ws" or "wss", IdnHost.Length: > 0 } ? url : null;
    }
}
