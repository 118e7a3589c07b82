using Microsoft.AspNetCore.Identity;
using ProxyPortal.Core.Http;

namespace ProxyPortal.Account;

/// <summary>Identity looks names up by the same folding as verification, so that no two accounts differ only in how they are written.</summary>
internal sealed class FoldingNormalizer : ILookupNormalizer
{
    public string? NormalizeName(string? name) => name is null ? null : LoginName.Fold(name, out _) ?? name;

    public string? NormalizeEmail(string? email) => email?.Trim().ToLowerInvariant();
}
