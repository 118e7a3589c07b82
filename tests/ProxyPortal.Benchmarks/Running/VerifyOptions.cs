namespace ProxyPortal.Benchmarks.Running;

internal sealed record VerifyOptions(LoadOptions Load, int Devices, int Passwords, IReadOnlyList<string> Cases, bool SelfCheck, FileInfo? JsonFile)
{
    /// <summary>What the verb takes when it is not told otherwise.</summary>
    public static VerifyOptions Usual(LoadOptions load) => new(load, 600_000, 330, [], SelfCheck: false, JsonFile: null);
}
