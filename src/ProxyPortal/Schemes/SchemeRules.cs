using ProxyPortal.Core;
using ProxyPortal.Core.Http;

namespace ProxyPortal.Schemes;

/// <summary>Which schemes may be allowed, whoever asks: page, API, bootstrap file.</summary>
internal static class SchemeRules
{
    private static readonly string Known = string.Join(", ", AuthScheme.All.Select(entry => entry.Name));
    private static readonly string Verifiable = string.Join(", ", AuthScheme.Names(AuthScheme.Verifiable));

    public static Error NoneChosen { get; } = new("schemes_invalid", $"Choose among the schemes the portal can verify: {Verifiable}. With none, nobody could get through.", "schemes");

    /// <summary>Null is fine: no rule. Errors: <c>schemes_invalid</c>.</summary>
    public static Error? Check(AuthSchemes? schemes) => schemes switch
    {
        null => null,
        AuthSchemes.None => NoneChosen,
        { } set when (set & ~AuthScheme.Verifiable) is not AuthSchemes.None => NotVerifiable(string.Join(", ", AuthScheme.Names(set & ~AuthScheme.Verifiable))),
        _ => null,
    };

    /// <summary>Schemes by their registered names. Errors: <c>schemes_invalid</c>, for a name that is unknown, or known but not to be verified yet.</summary>
    public static Result<AuthSchemes> Parse(IReadOnlyList<string> names)
    {
        AuthSchemes schemes = AuthSchemes.None;
        foreach (string name in names)
        {
            if (ParseOne(name) is { Error: { } fault })
                return fault;
            schemes |= ParseOne(name).Value;
        }
        return schemes is AuthSchemes.None ? NoneChosen : schemes;
    }

    public static Result<AuthSchemes> ParseOne(string name) =>
        !AuthScheme.TryParse(name, out AuthSchemes scheme) ? new Error("schemes_invalid", $"{(name is { Length: > 0 and <= 32 } ? name : "That")} is not a known scheme; they are {Known}.", "schemes")
        : (scheme & AuthScheme.Verifiable) == 0 ? NotVerifiable(name) : scheme;

    private static Error NotVerifiable(string names) => new("schemes_invalid", $"{names} cannot be verified yet; choose among {Verifiable}.", "schemes");
}
