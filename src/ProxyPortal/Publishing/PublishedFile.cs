using System.Security.Cryptography;

namespace ProxyPortal.Publishing;

/// <summary>The bytes of an answer, and the tag by which a client that has them is told so.</summary>
internal sealed record PublishedFile(byte[] Content, string ContentType, string ETag)
{
    public static PublishedFile Of(byte[] content, string contentType) => new(content, contentType, $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\"");
}
