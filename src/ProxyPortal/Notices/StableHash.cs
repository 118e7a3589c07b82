using System.Security.Cryptography;
using System.Text;

namespace ProxyPortal.Notices;

internal static class StableHash
{
    /// <summary>The same in every process: a name of any length as a short part of a key.</summary>
    public static ulong GetStableHash(this string text) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
