using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Accounts;

/// <summary>What users of a running proxy send: right passwords in turn, and one wrong one in a hundred.</summary>
internal static class Mixture
{
    private const int WrongOneIn = 100;

    public static PreparedRequest[] Of(PreparedRequest[] right, PreparedRequest wrong)
    {
        // Long enough that everybody comes up, and somebody wrong too.
        var count = right.Length < WrongOneIn ? right.Length * WrongOneIn : right.Length * WrongOneIn / (WrongOneIn - 1);
        return [.. Enumerable.Range(0, count).Select(index => index % WrongOneIn == WrongOneIn - 1 ? wrong : right[(index - index / WrongOneIn) % right.Length])];
    }
}
