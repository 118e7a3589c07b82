using System.Text;
using ProxyPortal.Core.Secrets;
using static ProxyPortal.Fuzzing.FuzzTargets;

namespace ProxyPortal.Fuzzing;

internal static class SecretTargets
{
    /// <summary>A stored text that is no hash of ours lets nobody in, and costs nothing.</summary>
    public static void StoredHashes(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        foreach (string prefix in (string[])[GeneratedSecret.CallerKeyPrefix, GeneratedSecret.DeviceSecretPrefix, GeneratedSecret.ApiTokenPrefix])
            Demand(!GeneratedSecret.IsWellFormed(text, prefix) || text.StartsWith(prefix, StringComparison.Ordinal), "the prefix says what it is");
        string hint = GeneratedSecret.Hint(text);
        Demand(hint.Length < 16 && (text.Length < 16 || hint.Length <= text.Length / 3 + 1), "a hint gives little away");
    }
}
