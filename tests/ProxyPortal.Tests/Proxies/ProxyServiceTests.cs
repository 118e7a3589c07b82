using System.Text.Json;
using ProxyPortal.Core;
using ProxyPortal.Proxies;
using ProxyPortal.Tests.Components;
using Xunit;

namespace ProxyPortal.Tests.Proxies;

public sealed class ProxyServiceTests : PortalPageTest
{
    [Fact]
    public async Task Create_TwoAtOnceWithOneName_OneIsCreated_TheOtherIsToldAtTheName()
    {
        Task<Result<CreatedProxy>> Create(int index) => Task.Run(() => Proxies.CreateAsync(
            Administrator, new ProxyInput { Name = "hq-squid", Realm = "Realm" }, new EndpointInput { Name = $"e{index}", Host = $"h{index}.example.test" }, None));

        Result<CreatedProxy>[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(Create));

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal(("name_taken", "name"), (result.Error!.Code, result.Error.Field)));
    }

    [Theory]
    [InlineData("", "h.example.test", "3128", "endpoint.name")]
    [InlineData("hq", "", "3128", "endpoint.host")]
    [InlineData("hq", "h.example.test", "0", "endpoint.port")]
    public async Task Create_FaultOfTheEndpoint_NamesTheEndpointsField(string name, string host, string port, string field)
    {
        Result<CreatedProxy> created = await Proxies.CreateAsync(Administrator, new ProxyInput { Name = "hq-squid", Realm = "Realm" }, new EndpointInput { Name = name, Host = host, Port = port }, None);

        Assert.Equal(field, created.Error?.Field);
    }

    [Theory]
    [InlineData("duplicate listener", "proxy.example.test", "3128")]
    [InlineData("duplicate listener, capitals", "PROXY.Example.test", "3128")]
    [InlineData("duplicate listener, trailing dot", "proxy.example.test.", "3128")]
    public async Task Endpoint_AtAnAddressThatIsTaken_IsRefusedAtItsHost(string row, string host, string port)
    {
        CreatedProxy created = await AddProxyAsync();
        var twin = new EndpointInput { Name = "twin", Host = host, Port = port };
        Assert.Equal((row, "endpoint_address_taken"), (row, (await Proxies.AddEndpointAsync(Administrator, created.Id, twin, None)).Error?.Code));
        Assert.Equal((row, "endpoint_address_taken"), (row, (await Proxies.CreateAsync(Administrator, new ProxyInput { Name = "second", Realm = "Realm" }, twin, None)).Error?.Code));
        Assert.True((await Proxies.AddEndpointAsync(Administrator, created.Id, twin with { Port = "3129" }, None)).Succeeded);
    }

    [Fact]
    public async Task Create_AnswersWithWhatWasStored()
    {
        CreatedProxy created = await AddProxyAsync();

        ProxyDetail stored = (await Proxies.GetAsync(Administrator, created.Id, None)).Value;
        Assert.Equal(stored.Endpoints, created.Proxy.Endpoints);
        Assert.Equal(stored.Version, created.Proxy.Version);
        // By what is in them: lists compare by who they are.
        Assert.Equal(JsonSerializer.Serialize(stored.Keys), JsonSerializer.Serialize(created.Proxy.Keys));
    }
}
