using Jint;
using ProxyPortal.Core.Publishing.Pac;

namespace ProxyPortal.Core.Tests.Publishing.Pac;

/// <summary>Runs a PAC file as a browser does, in a real JavaScript engine. What looks something up in DNS is missing: a file that needs it fails.</summary>
internal sealed class PacRuntime : IDisposable
{
    // As in the file of Netscape that every browser still carries (pac-standard), without what asks DNS.
    private const string Functions = """
        function shExpMatch(text, glob) {
          glob = glob.replace(/[.+^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*").replace(/\?/g, ".");
          return new RegExp("^" + glob + "$").test(text);
        }
        function number(address) {
          var parts = address.split(".");
          return ((parts[0] << 24) | (parts[1] << 16) | (parts[2] << 8) | parts[3]) >>> 0;
        }
        function isInNet(host, network, mask) {
          return ((number(host) & number(mask)) >>> 0) === ((number(network) & number(mask)) >>> 0);
        }
        """;

    private readonly Engine _engine;

    public PacRuntime(PacDocument document) : this(document.Content)
    {
    }

    public PacRuntime(string content)
    {
        _engine = new Engine(options => options.LimitRecursion(100).TimeoutInterval(TimeSpan.FromSeconds(30)));
        _engine.Execute(Functions).Execute(content);
    }

    public void Dispose() => _engine.Dispose();

    public string Find(Uri url) => _engine.Invoke("FindProxyForURL", url.AbsoluteUri, url.IdnHost.Trim('[', ']')).AsString();
}
