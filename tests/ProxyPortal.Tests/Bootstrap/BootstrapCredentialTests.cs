using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Bootstrap;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Hosting;
using ProxyPortal.Tests.Data;
using ProxyPortal.Tests.Verification;
using Xunit;

namespace ProxyPortal.Tests.Bootstrap;

/// <summary>What a bootstrap file says about credentials, seen from the proxy.</summary>
public sealed class BootstrapCredentialTests : IAsyncLifetime
{
    private VerifyHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await VerifyHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task PasswordHash_OfAnotherProgram_OpensAProxyAndIsNotSetAgain()
    {
        string file = $$"""{ "users": [ { "userId": "bob", "passwordHash": "{{ImportedHashTests.Bcrypt}}" } ] }""";
        Assert.Equal(1, (await ApplyAsync(file)).Created);
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
        await BothDatabasesTests.EventuallyAsync(() => _host.Services.GetRequiredService<PasswordRenewal>().Open == 0);
        // Renewed, or chosen anew: the file is of the past.
        Assert.Equal(new BootstrapSummary(0, 0), await ApplyAsync(file));
        await _host.ChangeUserAsync(_host.Index.FindUser("bob")!.Id, user => _host.SetPassword(user, "canary another long password"));
        Assert.Equal(new BootstrapSummary(0, 0), await ApplyAsync(file));
        Assert.Equal("accepted", (await _host.AskAsync("bob", "canary another long password")).Result);
    }

    [Theory]
    [InlineData("\"passwordHash\": \"{SHA}tH3f1q/SqcODlHyJjVtD/w71Drg=\"")]
    [InlineData("\"passwordHash\": \"$2y$31$Pin.J1oFP8RFuirCbDKlLu8htPnFToB5JlzzAzF0j0HrpwcT0LyMC\"")]
    [InlineData("\"passwordHash\": \"$2y$04$gCfc/dUz1YPJsXfUPxXBHuJcc7MmrRy4t/S1MZ83zRr1VaLF0Nduy\"")]
    [InlineData("\"passwordHash\": \"$6$rounds=2000000$QR/BWVCUJL.BLxcW$W3mwHlsuoU0nJrzcg5f6lBlpJHqzwAa9Rr.R194XpLTwt7NsEtrmAoghtcSGSeyL5n/w6up40plXKRC5rra9D.\"")]
    [InlineData("\"passwordHash\": \"a long enough passphrase\"")]
    [InlineData("\"passwordHash\": \"$apr1$abcdefgh$ifongjnme/vjcAnKrB9BQ.\", \"password\": \"a long enough passphrase\"")]
    public async Task PasswordHash_ThatIsNone_IsAFaultThatNamesTheFieldAndNotTheHash(string fields)
    {
        StartRefusedException refused = await Assert.ThrowsAsync<StartRefusedException>(() => ApplyAsync($$"""{ "users": [ { "userId": "bob", {{fields}} } ] }"""));
        Assert.Contains("$.users[0].passwordHash: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("passphrase", refused.Message, StringComparison.Ordinal);
        Assert.Null(_host.Index.FindUser("bob"));
    }

    [Fact]
    public async Task DeviceSecretsOnly_Group_RefusesThePasswordAndTakesTheDevice()
    {
        await ApplyAsync($$"""
            { "groups": [ { "name": "strict", "deviceSecretsOnly": true } ],
              "users": [ { "userId": "bob", "password": "{{VerifyHost.Password}}", "groups": ["strict"], "devices": [ { "name": "laptop", "secret": "{{VerifyHost.DeviceSecret}}" } ] } ] }
            """);
        Assert.Equal(RejectionReason.DeviceRequired.Code(), (await _host.AskAsync("bob")).Code);
        Assert.Equal(RejectionReasons.PublicCode, (await _host.AskAsync("bob", "wrong")).Code);
        Assert.Equal("accepted", (await _host.AskAsync("bob+laptop", VerifyHost.DeviceSecret)).Result);
        await ApplyAsync("""{ "groups": [ { "name": "strict", "deviceSecretsOnly": false } ] }""");
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
    }

    // An administrator's password opens the portal: it must not travel through proxies, from the moment he is one.
    [Fact]
    public async Task Administrator_NamedLater_ItsPasswordOpensNoProxyAtTheNextRequest()
    {
        await ApplyAsync($$"""{ "users": [ { "userId": "bob", "password": "{{VerifyHost.Password}}", "devices": [ { "name": "laptop", "secret": "{{VerifyHost.DeviceSecret}}" } ] } ] }""");
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
        await ApplyAsync($$"""{ "administrator": { "userId": "bob", "password": "{{VerifyHost.Password}}" } }""");
        Assert.Equal(RejectionReasons.PublicCode, (await _host.AskAsync("bob")).Code);
        Assert.Equal("accepted", (await _host.AskAsync("bob+laptop", VerifyHost.DeviceSecret)).Result);
    }

    private async Task<BootstrapSummary> ApplyAsync(string json)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, json, TestContext.Current.CancellationToken);
            return await _host.Services.GetRequiredService<BootstrapService>().ApplyFileAsync(file, TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
