namespace ProxyPortal.Core.Publishing.Clients.Quoting;

/// <summary>Single quotes of a POSIX shell: nothing is special inside, so a quote is written outside.</summary>
internal static class ShellQuote
{
    internal static string Of(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
