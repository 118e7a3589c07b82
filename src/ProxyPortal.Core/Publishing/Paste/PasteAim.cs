namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>Which target a pasted address was meant to be: the one it names, or whose host it names; else what the whole
/// text comes nearest to.</summary>
internal sealed class PasteAim
{
    private readonly IReadOnlyList<PasteTarget> _targets;

    private PasteAim(IReadOnlyList<PasteTarget> targets, PasteTarget? main) => (_targets, Main) = (targets, main);

    internal PasteTarget? Main { get; }

    internal static PasteAim Of(PasteReading reading, PasteFormat format, IReadOnlyList<PasteTarget> targets)
    {
        IReadOnlyList<PasteTarget> reached = format.Has(PasteTraits.OnlyHttp)
            ? [.. targets.Where(target => target.Address.Transport is ProxyTransport.Http)] : targets;
        if (reached.Count == 0)
            reached = targets;
        PastedProxy[] proxies = [.. reading.Proxies.Where(proxy => !proxy.IsOpaque)];
        if (reached.Count == 0 || proxies.Length == 0)
            return new(reached, null);
        return new(reached, Nearest(reached, proxies, IsSame) ?? Nearest(reached, proxies, IsSameHost) ?? Nearest(reached, proxies, IsSamePort) ?? reached[0]);
    }

    internal PasteTarget? For(PastedProxy proxy) => Nearest(_targets, [proxy], IsSame) ?? Nearest(_targets, [proxy], IsSameHost) ?? Main;

    private static PasteTarget? Nearest(IReadOnlyList<PasteTarget> targets, IEnumerable<PastedProxy> proxies, Func<PastedProxy, PasteTarget, bool> isNear) =>
        proxies.Select(proxy => targets.FirstOrDefault(target => isNear(proxy, target))).FirstOrDefault(target => target is not null);

    private static bool IsSame(PastedProxy proxy, PasteTarget target) => IsSamePort(proxy, target) && IsSameHost(proxy, target);

    private static bool IsSameHost(PastedProxy proxy, PasteTarget target) => proxy.Canonical == target.Address.Host;

    private static bool IsSamePort(PastedProxy proxy, PasteTarget target) =>
        proxy.Port is Piece port && ProxyAddress.ParsePort(port.Text) is { Succeeded: true } number && number.Value == target.Address.Port;
}
