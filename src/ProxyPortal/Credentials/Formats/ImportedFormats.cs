namespace ProxyPortal.Credentials.Formats;

/// <summary>Hashes that other programs made. They are over the bare password, and are replaced by our own as soon as it was proved.
/// Not here, and so refused: <c>{SHA}</c> and other unsalted hashes, DES crypt, and passwords in clear.</summary>
internal static class ImportedFormats
{
    public const string Allowed =
        "a hash made by htpasswd or crypt: bcrypt ($2a$, $2b$ or $2y$ with a cost of 5 to 14), SHA-crypt ($5$ or $6$ with at most 1000000 rounds) or apr1 ($apr1$). "
        + "Unsalted {SHA}, DES and passwords in clear are refused";

    public static IReadOnlyList<IPasswordFormat> All { get; } = [new BcryptFormat(), new ShaCryptFormat(), new Apr1Format()];

    public static bool Accept(string stored) => All.Any(format => format.KindOf(stored) is not null);
}
