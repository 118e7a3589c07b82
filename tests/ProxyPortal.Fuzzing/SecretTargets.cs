using System.Text;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.Credentials.Formats;
using static ProxyPortal.Fuzzing.FuzzTargets;

namespace ProxyPortal.Fuzzing;

internal static class SecretTargets
{
    /// <summary>A stored text is of one kind at most, its dummy is of the same kind, and one that was made up lets nobody in.</summary>
    public static void StoredHashes(byte[] input)
    {
        string text = Encoding.Latin1.GetString(input);
        int kinds = 0;
        foreach (IPasswordFormat format in ImportedFormats.All)
        {
            if (format.KindOf(text) is not { } kind)
                continue;
            kinds++;
            Demand(format.KindOf(format.Dummy(kind)) == kind, "the dummy of a kind is of that kind");
            // The dear ones are left to the tests: a fuzzer wants thousands a second.
            if (format is Apr1Format)
                Demand(format.Verify(text, "x"u8) is SecretMatch.Mismatch, "nobody gets in by chance");
        }
        Demand(kinds <= 1, "one kind");
        foreach (string prefix in (string[])[GeneratedSecret.CallerKeyPrefix, GeneratedSecret.DeviceSecretPrefix, GeneratedSecret.ApiTokenPrefix])
            Demand(!GeneratedSecret.IsWellFormed(text, prefix) || text.StartsWith(prefix, StringComparison.Ordinal), "the prefix says what it is");
        Demand(GeneratedSecret.Hint(text).Length <= 12, "a hint gives little away");
    }
}
