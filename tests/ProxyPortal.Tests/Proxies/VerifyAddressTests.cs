using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Proxies;
using ProxyPortal.Settings;
using ProxyPortal.Tests.Components;
using Xunit;

namespace ProxyPortal.Tests.Proxies;

public sealed class VerifyAddressTests() : PortalPageTest(("Portal:PublicUrl", "https://portal.example.test"))
{
    [Theory]
    [InlineData(null, "http://127.0.0.1:5081", true)]
    [InlineData("http://localhost:5081", "http://localhost:5081", true)]
    [InlineData("http://[::1]:5081", "http://[::1]:5081", true)]
    [InlineData("http://unix:/run/proxyportal/verify.sock", "unix:/run/proxyportal/verify.sock", true)]
    [InlineData("https://10.1.2.3:5081", "https://10.1.2.3:5081", false)]
    [InlineData("https://0.0.0.0:5081", "https://portal.example.test:5081", false)]
    [InlineData("https://*:5081", "https://portal.example.test:5081", false)]
    [InlineData("https://[::]:5081", "https://portal.example.test:5081", false)]
    [InlineData("http://127.0.0.1:0", "http://127.0.0.1:40123", true)]
    public void Url_IsWhatTheHelperTakes(string? configured, string url, bool isSameMachineOnly)
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager();
        configuration[VerifyAddress.Key] = configured;

        var address = new VerifyAddress(configuration, Services.GetRequiredService<SettingsService>(), () => 40123);

        Assert.Equal(url, address.Url);
        Assert.Equal(isSameMachineOnly, address.IsSameMachineOnly);
    }
}
