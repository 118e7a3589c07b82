using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace ProxyPortal.Core.Publishing.Pac;

/// <summary>What a PAC file does with a URL: which of its lines decides (from 1), what it returns, and the pattern that fits, if one does.</summary>
public sealed record PacDecision(int Line, string Returns, HostPattern? Pattern);

/// <summary>A PAC file: <c>FindProxyForURL</c> in the JavaScript of 1999, which is what Windows still runs, and the same decision in here. It looks nothing up
/// in DNS: that would hold up every request and tell outsiders what is asked for. Every value stands in it as a JSON string of ASCII.</summary>
public sealed class PacDocument
{
    private readonly PacPlan _plan;
    private readonly HostSet _bypass;
    private readonly HostSet[] _routes;
    private readonly int[] _routeLines;
    private readonly int _plainLine;
    private readonly int _restLine;

    public PacDocument(PacPlan plan)
    {
        _plan = plan;
        var writer = new LineWriter();
        writer.Line($"// {Comment(plan.Title)}");
        writer.Line("// Made by ProxyPortal from what it publishes. Whatever is changed here is lost.");
        _bypass = HostSet.Write(writer, "bypass", plan.Bypass);
        _routes = [.. plan.Routes.Select((route, index) => HostSet.Write(writer, $"route{index + 1}", route.Hosts))];
        _routeLines = new int[_routes.Length];
        WriteMatch(writer);
        writer.Line("");
        writer.Line("function FindProxyForURL(url, host) {");
        writer.Line("  host = host.toLowerCase().replace(/^\\[|\\]$|\\.$/g, \"\");");
        if (plan.BypassesPlainNames)
            _plainLine = writer.Line("  if (host.indexOf(\".\") < 0 && host.indexOf(\":\") < 0) return \"DIRECT\";");
        if (plan.Bypass.Count > 0)
            writer.Line("  if (matches(host, bypass)) return \"DIRECT\";");
        for (int i = 0; i < _routes.Length; i++)
            _routeLines[i] = writer.Line($"  if (matches(host, route{i + 1})) return {Text(plan.ReturnOf(plan.Routes[i].Proxies))};");
        _restLine = writer.Line($"  return {Text(plan.ReturnOf(plan.Proxies))};");
        writer.Line("}");
        Content = writer.ToString();
    }

    /// <summary>The file, ASCII with LF.</summary>
    public string Content { get; }

    /// <summary>What the file decides for <paramref name="url"/>, an absolute one.</summary>
    public PacDecision Decide(Uri url)
    {
        string host = url.IdnHost.ToLowerInvariant().Trim('[', ']');
        host = host.EndsWith('.') ? host[..^1] : host;
        if (_plan.BypassesPlainNames && host.AsSpan().IndexOfAny('.', ':') < 0)
            return new PacDecision(_plainLine, "DIRECT", null);
        if (_bypass.Find(host) is var (pattern, line))
            return new PacDecision(line, "DIRECT", pattern);
        for (int i = 0; i < _routes.Length; i++)
        {
            if (_routes[i].Find(host) is var (fits, at))
                return new PacDecision(at, _plan.ReturnOf(_plan.Routes[i].Proxies), fits);
        }
        return new PacDecision(_restLine, _plan.ReturnOf(_plan.Proxies), null);
    }

    // From the whole name to ever shorter domains, then what cannot be looked up in a table.
    private static void WriteMatch(LineWriter writer)
    {
        writer.Line("");
        writer.Line("function matches(host, set) {");
        writer.Line("  var i, dot = -1;");
        writer.Line("  if (set.hosts.hasOwnProperty(host)) return true;");
        writer.Line("  do {");
        writer.Line("    if (set.domains.hasOwnProperty(host.substring(dot + 1))) return true;");
        writer.Line("    dot = host.indexOf(\".\", dot + 1);");
        writer.Line("  } while (dot >= 0);");
        writer.Line("  for (i = 0; i < set.globs.length; i++) if (shExpMatch(host, set.globs[i])) return true;");
        writer.Line("  if (/^\\d+\\.\\d+\\.\\d+\\.\\d+$/.test(host)) for (i = 0; i < set.networks.length; i++) if (isInNet(host, set.networks[i][0], set.networks[i][1])) return true;");
        writer.Line("  return false;");
        writer.Line("}");
    }

    // System.Text.Json escapes all that is not ASCII, U+2028 too, and what could end a script or an attribute.
    private static string Text(string value) => JsonSerializer.Serialize(value, PacJson.Default.String);

    private static string Comment(string title) => string.Concat(title.Select(character => character is >= ' ' and <= '~' ? character : '?'));

    private sealed class LineWriter
    {
        private readonly StringBuilder _text = new();
        private int _lines;

        /// <returns>The number of the line.</returns>
        public int Line(string text)
        {
            _text.Append(text).Append('\n');
            return ++_lines;
        }

        public override string ToString() => _text.ToString();
    }

    /// <summary>Patterns and the lines on which they stand.</summary>
    private sealed class HostSet
    {
        private readonly FrozenDictionary<string, (HostPattern, int)> _hosts;
        private readonly FrozenDictionary<string, (HostPattern, int)> _domains;
        private readonly IReadOnlyList<(HostPattern, int)> _globs;
        private readonly IReadOnlyList<(HostPattern Pattern, int Line)> _networks;

        private HostSet(IReadOnlyList<(HostPattern, int)> hosts, IReadOnlyList<(HostPattern, int)> domains, IReadOnlyList<(HostPattern, int)> globs, IReadOnlyList<(HostPattern, int)> networks)
        {
            _hosts = hosts.ToFrozenDictionary(entry => entry.Item1.Text, StringComparer.Ordinal);
            _domains = domains.ToFrozenDictionary(entry => entry.Item1.Text, StringComparer.Ordinal);
            (_globs, _networks) = (globs, networks);
        }

        public static HostSet Write(LineWriter writer, string name, IReadOnlyList<HostPattern> patterns)
        {
            writer.Line("");
            writer.Line($"var {name} = {{");
            var set = new HostSet(
                List(writer, "hosts: {", "},", patterns, HostPatternKind.Exact, pattern => Text(pattern.Text) + ": 1"),
                List(writer, "domains: {", "},", patterns, HostPatternKind.Domain, pattern => Text(pattern.Text) + ": 1"),
                List(writer, "globs: [", "],", patterns, HostPatternKind.Glob, pattern => Text(pattern.Text)),
                List(writer, "networks: [", "]", patterns, HostPatternKind.Network, Network));
            writer.Line("};");
            return set;
        }

        public (HostPattern Pattern, int Line)? Find(string host)
        {
            if (_hosts.TryGetValue(host, out (HostPattern, int) found))
                return found;
            for (int dot = -1; ;)
            {
                if (_domains.TryGetValue(host[(dot + 1)..], out found))
                    return found;
                dot = host.IndexOf('.', dot + 1);
                if (dot < 0)
                    break;
            }
            foreach ((HostPattern pattern, int line) in _globs)
            {
                if (System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern.Text, host, ignoreCase: false))
                    return (pattern, line);
            }
            if (!IPAddress.TryParse(host, out IPAddress? address) || address.AddressFamily is not AddressFamily.InterNetwork)
                return null;
            foreach ((HostPattern pattern, int line) in _networks)
            {
                if (IPNetwork.Parse(pattern.Text).Contains(address))
                    return (pattern, line);
            }
            return null;
        }

        private static List<(HostPattern, int)> List(LineWriter writer, string open, string close, IReadOnlyList<HostPattern> patterns, HostPatternKind kind, Func<HostPattern, string> write)
        {
            HostPattern[] own = [.. patterns.Where(pattern => pattern.Kind == kind).Distinct()];
            writer.Line("  " + open);
            List<(HostPattern, int)> lines = [.. own.Select((pattern, index) => (pattern, writer.Line($"    {write(pattern)}{(index < own.Length - 1 ? "," : "")}")))];
            writer.Line("  " + close);
            return lines;
        }

        private static string Network(HostPattern pattern)
        {
            var network = IPNetwork.Parse(pattern.Text);
            uint mask = network.PrefixLength == 0 ? 0 : uint.MaxValue << (32 - network.PrefixLength);
            return $"[{Text(network.BaseAddress.ToString())}, {Text($"{mask >> 24}.{(mask >> 16) & 255}.{(mask >> 8) & 255}.{mask & 255}")}]";
        }
    }
}
