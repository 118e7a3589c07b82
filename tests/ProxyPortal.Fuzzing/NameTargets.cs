using System.Text;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Secrets;
using static ProxyPortal.Fuzzing.FuzzTargets;

namespace ProxyPortal.Fuzzing;

internal static class NameTargets
{
    /// <summary>What is folded once stays as it is, fits its bounds, and holds nothing that could end a line or a field.</summary>
    public static void LoginNames(byte[] input)
    {
        Span<char> folded = stackalloc char[LoginName.MaxBytes];
        if (LoginName.Fold(input, folded, out int length) is not LoginNameFault.None)
            return;
        string name = new(folded[..length]);
        Demand(name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= LoginName.MaxBytes, "within bounds");
        Demand(!name.Any(char.IsControl) && name.AsSpan().IndexOfAny(":/\\") < 0, "no separator of ours");
        Demand(LoginName.Fold(name, out _) == name, "folding twice is folding once");
        LoginName.Split(name, out ReadOnlySpan<char> userId, out ReadOnlySpan<char> device);
        Demand(userId.Length > 0 && (device.IsEmpty ? userId.SequenceEqual(name) : userId.Length + 1 + device.Length == name.Length), "split into its parts");
        if (UserId.Create(name) is { Succeeded: true } created)
            Demand(LoginName.Fold(created.Value, out _) == created.Value, "what may be created can be asked about");
    }

    /// <summary>A prepared password stays as it is, and is the same composed and decomposed.</summary>
    public static void Passwords(byte[] input)
    {
        Span<byte> prepared = stackalloc byte[PasswordText.MaxBytes];
        if (PasswordText.Prepare(input, prepared, out int length) is not PasswordTextFault.None)
            return;
        byte[] once = prepared[..length].ToArray();
        Demand(PasswordText.Prepare(once, prepared, out length) is PasswordTextFault.None && prepared[..length].SequenceEqual(once), "preparing twice is preparing once");
        byte[]? decomposed = PasswordText.Prepare(Encoding.UTF8.GetString(once).Normalize(NormalizationForm.FormD), out PasswordTextFault fault);
        Demand(fault is PasswordTextFault.TooLong || once.AsSpan().SequenceEqual(decomposed), "composed and decomposed are one password");
    }
}
