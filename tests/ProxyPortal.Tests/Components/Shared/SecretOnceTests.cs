using Bunit;
using ProxyPortal.Components.Shared;
using Xunit;

namespace ProxyPortal.Tests.Components.Shared;

[Trait("Database", "None")]
public sealed class SecretOnceTests : PortalComponentTest
{
    private const string Secret = "kq7Z-pfW2-9xTe";
    private int _saved;

    [Fact]
    public void SavedSecret_HasLeftTheDocument_EvenWhileTheOwnerStillHoldsIt()
    {
        var secret = RenderSecret(Secret);
        Assert.Contains(Secret, secret.Markup, StringComparison.Ordinal);

        secret.Find("button.pp-button-primary").Click();

        Assert.DoesNotContain(Secret, secret.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("otpauth", secret.Markup, StringComparison.Ordinal);
        Assert.Equal(1, _saved);
        secret.Render();
        Assert.DoesNotContain(Secret, secret.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void NextSecret_IsShownAfterTheOwnerDroppedTheFirst()
    {
        var secret = RenderSecret(Secret);
        secret.Find("button.pp-button-primary").Click();
        secret.Render(p => p.Add(s => s.Value, null));
        secret.Render(p => p.Add(s => s.Value, "another-one"));

        Assert.Contains("another-one", secret.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void NoSecret_ShowsNothing() => Assert.Empty(RenderSecret(null).Markup.Trim());

    private IRenderedComponent<SecretOnce> RenderSecret(string? value) => Render<SecretOnce>(p => p
        .Add(s => s.Value, value)
        .Add(s => s.Label, "Device secret")
        .Add(s => s.OnSaved, () => _saved++)
        .Add(s => s.Qr, "<img alt='otpauth' />"));
}
