using System.Globalization;
using ProxyPortal.Core;

namespace ProxyPortal.Asking;

/// <summary>Who may ask for access without having an account: nobody, unless somebody sets this.</summary>
/// <param name="Domains">Mail domains, in lower case; empty = none.</param>
/// <param name="ByInvitation">Whether those may who were invited by mail.</param>
public sealed record RegistrationRules(IReadOnlyList<string> Domains, bool ByInvitation)
{
    public const int MostDomains = 50;
    public const int TextLength = 2000;

    private static readonly char[] Separators = [' ', ',', ';', '\n', '\r', '\t'];

    public static RegistrationRules Closed { get; } = new([], false);

    /// <summary>Whether the form is offered to everyone.</summary>
    public bool IsOpen => Domains.Count > 0;

    /// <summary>As it is stored and edited: one domain a line.</summary>
    public string Text => string.Join('\n', Domains);

    /// <summary>Errors: <c>domains_invalid</c>.</summary>
    public static Result<RegistrationRules> Read(string? domains, bool byInvitation)
    {
        string[] names = [.. (domains ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(name => name.TrimStart('@').ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
        if (names.Length > MostDomains)
            return Error.Of("domains_invalid", $"Name at most {MostDomains} domains.", "domains");
        return Array.Find(names, name => !IsDomain(name)) is { } wrong
            ? Error.Of("domains_invalid", $"{(wrong.Length <= 80 ? wrong : wrong[..80])} is no domain. Write them as example.test, one a line.", "domains")
            : new RegistrationRules(names, byInvitation);
    }

    /// <summary>Whether the address lies in one of the domains: in that very one, not in one that ends like it.</summary>
    public bool Allows(string mail) => mail.LastIndexOf('@') is var at and > 0 && Ascii(mail[(at + 1)..].ToLowerInvariant()) is { } domain && Domains.Any(one => Ascii(one) == domain);

    private static bool IsDomain(string name) => name.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(name) is UriHostNameType.Dns && !name.EndsWith('.') && Ascii(name) is not null;

    private static string? Ascii(string domain)
    {
        try
        {
            return new IdnMapping { UseStd3AsciiRules = true }.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
