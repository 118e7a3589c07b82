using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Core.Publishing.Clients;
using Xunit;

namespace ProxyPortal.Core.Tests.Publishing.Clients;

public sealed class ClientGuidesTests
{
    private static readonly ClientSetting Setting = new(new("proxy.example", 3128, ProxyTransport.Http), [AuthSchemes.Basic])
    {
        Login = "alice+phone",
        Secret = "s3cret {0}",
    };

    [Fact]
    public void All_IsOrderedByGroup_AndEveryGroupHasAGuide()
    {
        IEnumerable<ClientGroup> groups = ClientGuides.All.Select(guide => guide.Group);
        Assert.Equal(groups.Order(), groups);
        Assert.Equal(Enum.GetValues<ClientGroup>(), groups.Distinct());
    }

    [Fact]
    public void Find_EveryId_IsASlugOfOneGuide()
    {
        foreach (ClientGuide guide in ClientGuides.All)
        {
            Assert.Same(guide, ClientGuides.Find(guide.Id));
            Assert.Equal(guide.Id, Uri.EscapeDataString(guide.Id.ToLowerInvariant()));
        }
        Assert.Equal(ClientGuides.All.Count, ClientGuides.All.DistinctBy(guide => guide.Name).Count());
        Assert.Null(ClientGuides.Find("CURL"));
    }

    [Fact]
    public void Steps_Prose_HasItsValuesApartFromItsWords()
    {
        foreach (ClientGuide guide in ClientGuides.All.Where(guide => guide.IsSteps))
        {
            IReadOnlyList<FormattableString> steps = guide.Steps(Setting);
            Assert.Equal(ClientSyntax.Steps, guide.Syntax);
            Assert.All(steps, step => Assert.DoesNotContain("alice", step.Format, StringComparison.Ordinal));
            Assert.Contains(steps, step => step.GetArguments().Contains("proxy.example"));
            Assert.Contains(steps, step => step.GetArguments().Contains("s3cret {0}"));
        }
        Assert.Equal(["windows", "ios", "android"], ClientGuides.All.Where(guide => guide.IsSteps).Select(guide => guide.Id));
    }

    [Fact]
    public void Write_Steps_AreNumbered()
    {
        string text = ClientGuides.Find("ios")!.Write(Setting).Value;
        Assert.StartsWith("1. Open Settings, Wi-Fi", text, StringComparison.Ordinal);
        Assert.Contains("3. Type proxy.example as the server and 3128 as the port.\n", text, StringComparison.Ordinal);
        Assert.Contains("type alice+phone as the username and s3cret {0} as the password", text, StringComparison.Ordinal);
        Assert.Contains("YOUR-SECRET", ClientGuides.Find("ios")!.Write(Setting with { Secret = null }).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_PacUrl_IsTypedOnWindows()
    {
        IReadOnlyList<FormattableString> steps = ClientGuides.Find("windows")!.Steps(Setting with { PacUrl = new("http://portal.example/a.pac") });
        Assert.Contains(steps, step => step.GetArguments().Contains("http://portal.example/a.pac"));
    }

    [Fact]
    public void Steps_OfAText_AreNone() => Assert.Empty(ClientGuides.Find("curl")!.Steps(Setting));

    [Fact]
    public void Steps_TransportNotSpoken_AreNone() =>
        Assert.Empty(ClientGuides.Find("android")!.Steps(Setting with { Address = new("proxy.example", 3129, ProxyTransport.Https) }));

    [Fact]
    public void Write_UnderAnotherCulture_IsTheSame()
    {
        ClientSetting setting = Setting with { Secret = "s3cret" };
        List<string> here = [.. ClientGuides.All.Select(guide => guide.Write(setting).Value)];
        using var persian = new InCulture("fa-IR");
        Assert.Equal(here, ClientGuides.All.Select(guide => guide.Write(setting).Value));
    }
}
