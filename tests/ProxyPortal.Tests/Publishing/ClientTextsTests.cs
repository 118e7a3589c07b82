using System.Xml.Linq;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Core.Publishing.Clients;
using ProxyPortal.Publishing;
using Xunit;

namespace ProxyPortal.Tests.Publishing;

/// <summary>The words about clients come as data, where no search through pages finds them.</summary>
public sealed class ClientTextsTests
{
    private static readonly HashSet<string> German =
        [.. XDocument.Load(Path.Combine(Repository.Root, "src", "ProxyPortal", "Publishing", "ConnectTexts.de.resx")).Descendants("data").Select(entry => entry.Attribute("name")!.Value)];

    [Fact]
    public void Words_OfEveryTroubleGroupStepAndRefusal_AreThereInGerman()
    {
        IEnumerable<string> troubles = Enum.GetValues<ClientTrouble>().Select(ClientTroubleWords.Of).SelectMany(words => (string[])[words.Cause, words.Cure]);
        IEnumerable<string> groups = Enum.GetValues<ClientGroup>().Select(ClientWords.Group);
        Assert.Empty(troubles.Concat(groups).Concat(Steps()).Concat(Refusals()).Distinct().Except(German, StringComparer.Ordinal));
    }

    private static IEnumerable<string> Steps() =>
        from guide in ClientGuides.All
        from transport in Enum.GetValues<ProxyTransport>()
        from pac in (Uri?[])[null, new Uri("https://portal.example.test/proxy.pac")]
        from step in guide.Steps(Setting(transport) with { PacUrl = pac })
        select step.Format;

    private static IEnumerable<string> Refusals() =>
        from guide in ClientGuides.All
        from transport in Enum.GetValues<ProxyTransport>()
        from secret in (string[])["\"", "ends\\", "%41", " blank ", "${user.home}", "😀", "line\nbreak"]
        let error = guide.Write(Setting(transport) with { Login = "alice", Secret = secret }).Error
        where error is not null
        select error.Template?.Format ?? error.Message;

    private static ClientSetting Setting(ProxyTransport transport) => new(new ProxyAddress("proxy.example.test", 3128, transport), [AuthSchemes.Basic]) { Bypass = ["localhost"] };
}
