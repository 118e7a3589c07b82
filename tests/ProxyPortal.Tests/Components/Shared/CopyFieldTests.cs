using Bunit;
using ProxyPortal.Components.Shared;
using Xunit;

namespace ProxyPortal.Tests.Components.Shared;

[Trait("Database", "None")]
public sealed class CopyFieldTests : PortalComponentTest
{
    /// <summary>What a copying mistake would change: spaces at the ends, quotes, markup, the second of two equal characters.</summary>
    public static TheoryData<string> Awkward => ["http://proxy.example.test:3128", " a  b ", "<b>&amp;\"'</b>", "line one\nline two\n", "pässwörd 🔑"];

    [Theory, MemberData(nameof(Awkward))]
    public void Button_CarriesTheExactText(string value)
    {
        var field = Render<CopyField>(p => p.Add(f => f.Value, value).Add(f => f.Label, "Proxy address"));

        Assert.Equal(value, field.Find("[aria-label='Copy Proxy address']").GetAttribute("data-copy"));
        Assert.Equal(value, field.Find("code").TextContent);
    }

    [Theory, MemberData(nameof(Awkward))]
    public void CodeBlock_CarriesTheExactTextAndIsReachedByKeyboard(string value)
    {
        var block = Render<CodeBlock>(p => p.Add(b => b.Code, value).Add(b => b.Title, "squid.conf"));

        Assert.Equal(value, block.Find("[aria-label='Copy squid.conf']").GetAttribute("data-copy"));
        Assert.Equal("0", block.Find("pre[aria-label='squid.conf']").GetAttribute("tabindex"));
    }
}
