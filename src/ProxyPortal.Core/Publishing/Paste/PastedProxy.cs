namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>Where one setting says the proxy is.</summary>
internal sealed record PastedProxy
{
    private const int MaxHostLength = 255;

    /// <summary>What the client calls the setting; two of one name and <see cref="Scope"/> are one setting.</summary>
    internal required string Name { get; init; }

    internal PasteSlot Slot { get; init; }

    internal int Scope { get; init; }

    internal required Literal Value { get; init; }

    /// <summary>A reference to something that is not in the text, or no proxy at all: it is set, and nothing more is known.</summary>
    internal bool IsOpaque { get; init; }

    /// <summary>The scheme with whatever parts it from the host.</summary>
    internal Piece? Scheme { get; init; }

    /// <summary>Login and secret with the <c>@</c>.</summary>
    internal Piece? UserInfo { get; init; }

    internal Piece Host { get; init; }

    /// <summary>The host in canonical form; null where it is none.</summary>
    internal string? Canonical { get; private init; }

    internal Piece? Port { get; init; }

    /// <summary>What goes where no port is: <c>{0}</c> stands for it.</summary>
    internal PasteEdit? NewPort { get; init; }

    /// <summary>Brackets around an IPv6 address, because a port may follow.</summary>
    internal bool IsBracketed { get; init; } = true;

    /// <summary>The same setting for https, written after this one.</summary>
    internal PasteEdit? Twin { get; init; }

    /// <summary>This setting with its <see cref="Canonical"/> host, read once for all comparisons.</summary>
    internal PastedProxy Recognised()
    {
        string host = Host.Text;
        // Bare colons are an address only where no port may follow.
        bool isAmbiguous = IsBracketed && host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[');
        bool isHost = host.Length <= MaxHostLength && !isAmbiguous;
        return this with { Canonical = isHost && ProxyAddress.ParseHost(host) is { Succeeded: true } parsed ? parsed.Value : null };
    }

    internal string TwinName => Name.Replace("http", "https", StringComparison.Ordinal).Replace("HTTP", "HTTPS", StringComparison.Ordinal);
}
