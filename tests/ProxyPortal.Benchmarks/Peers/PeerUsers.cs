using ProxyPortal.Benchmarks.Accounts;

namespace ProxyPortal.Benchmarks.Peers;

/// <summary>Who stands in a peer's directory, and who of them sends requests.</summary>
/// <param name="All">Everybody, in the order of the file.</param>
/// <param name="Active">Those who ask, evenly spread in the file: where it is read from the top, the place in it is what counts.</param>
/// <param name="Guessed">The one whose password is guessed wrong.</param>
internal sealed record PeerUsers(IReadOnlyList<KnownUser> All, IReadOnlyList<KnownUser> Active, KnownUser Guessed)
{
    private const int FewCount = 10;

    public static PeerUsers Few(AccountSet accounts) => new([.. accounts.Remembered.Take(FewCount)], [.. accounts.Remembered.Take(FewCount)], accounts.Remembered[0]);

    public static PeerUsers Many(AccountSet accounts)
    {
        var crowdBefore = accounts.Crowd / accounts.Remembered.Count;
        var all = new List<KnownUser>(accounts.Crowd + accounts.Remembered.Count);
        foreach (var (index, one) in accounts.Remembered.Index())
        {
            all.AddRange(Enumerable.Range(index * crowdBefore, crowdBefore).Select(number => new KnownUser(AccountSet.CrowdUser(number), accounts.CrowdSecret)));
            all.Add(one);
        }
        return new PeerUsers(all, accounts.Remembered, accounts.Remembered[accounts.Remembered.Count / 2]);
    }
}
