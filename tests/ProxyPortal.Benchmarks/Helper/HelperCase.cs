using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Helper;

/// <summary>One helper under test.</summary>
/// <param name="Name">Its line in the table.</param>
/// <param name="Command">How it is started.</param>
/// <param name="WithChannelId">Whether lines and replies carry a channel-ID; without, replies come in the order of the lines.</param>
/// <param name="Lines">What it is asked, again and again.</param>
/// <param name="BesideClient">Whether it shares the client's core, because the portal has the other.</param>
internal sealed record HelperCase(string Name, IReadOnlyList<string> Command, bool WithChannelId, PreparedRequest[] Lines, bool BesideClient = false);
