using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Tests.Data;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>Hashes that other programs made open a proxy, and are replaced by our own once the password was proved.</summary>
public sealed class ImportedHashTests : IAsyncLifetime
{
    // htpasswd -nbB -C 5, -nb5 -r 2000, -nb2, and openssl passwd -apr1.
    public const string Bcrypt = "$2y$05$Pin.J1oFP8RFuirCbDKlLu8htPnFToB5JlzzAzF0j0HrpwcT0LyMC";
    public const string Sha512 = "$6$rounds=2000$QR/BWVCUJL.BLxcW$W3mwHlsuoU0nJrzcg5f6lBlpJHqzwAa9Rr.R194XpLTwt7NsEtrmAoghtcSGSeyL5n/w6up40plXKRC5rra9D.";
    public const string Sha256 = "$5$x3f.cM5jfYEBVGSM$VTbtOXPB/x9g9zh4Y94d37D0Ylk96Jp9JDWQMhOe8p.";
    public const string Apr1 = "$apr1$abcdefgh$ifongjnme/vjcAnKrB9BQ.";
    private const string Of72Letters = "$2y$05$WaBDXRRTgbCOHqB2Od4eJuQZK6htTjrT8Yl1W4Nv6K8ypFmw7tDL.";
    private readonly LeapingTime _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private VerifyHost _host = null!;

    private PasswordRenewal Renewal => _host.Services.GetRequiredService<PasswordRenewal>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await VerifyHost.StartAsync(_time);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(Bcrypt)]
    [InlineData(Sha512)]
    [InlineData(Sha256)]
    [InlineData(Apr1)]
    public async Task Verify_ImportedHash_OpensAndIsStoredAnewWithTheSameVersion(string stored)
    {
        Guid bob = await AddAsync("bob", stored);
        Assert.Equal(RejectionReasons.PublicCode, (await _host.AskAsync("bob", "wrong")).Code);
        Assert.Equal(stored, (await UserAsync(bob)).PasswordHash);
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
        await BothDatabasesTests.EventuallyAsync(() => Renewal.Open == 0);
        User renewed = await UserAsync(bob);
        Assert.StartsWith(PasswordHashing.PresentKind, renewed.PasswordHash, StringComparison.Ordinal);
        Assert.Equal(1, renewed.PasswordVersion);
        await using (PortalDbContext db = await _host.OpenAsync())
            Assert.False(await db.FormerSecrets.AnyAsync(Token));
        // What was proved stays proved, and the new hash is of the same password.
        long hashes = _host.Gate.Computed;
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
        Assert.Equal(hashes, _host.Gate.Computed);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
        Assert.Equal(hashes + 1, _host.Gate.Computed);
        Assert.Equal(renewed.PasswordHash, (await UserAsync(bob)).PasswordHash);
    }

    // bcrypt looks at 72 bytes: the 73rd and everything behind it would be for nothing.
    [Fact]
    public async Task Verify_PasswordOver72BytesOnBcrypt_IsDeniedAlthoughTheFirst72Match()
    {
        await AddAsync("bob", Of72Letters);
        Assert.Equal(RejectionReasons.PublicCode, (await _host.AskAsync("bob", new string('a', 80))).Code);
        Assert.Equal(RejectionReasons.PublicCode, (await _host.AskAsync("bob", new string('a', 73))).Code);
        Assert.Equal(RejectionReason.WrongSecret, _host.Activity.Rejections()[0].Reason);
        Assert.Equal("accepted", (await _host.AskAsync("bob", new string('a', 72))).Result);
    }

    [Fact]
    public async Task Renew_PasswordSetMeanwhile_TheNewOneStays()
    {
        Guid bob = await AddAsync("bob", Bcrypt);
        await _host.ChangeUserAsync(bob, user => _host.SetPassword(user, "canary another long password"));
        string? chosen = (await UserAsync(bob)).PasswordHash;
        Renewal.Offer(bob, Encoding.ASCII.GetBytes(Bcrypt), Encoding.UTF8.GetBytes(VerifyHost.Password));
        await BothDatabasesTests.EventuallyAsync(() => Renewal.Open == 0);
        Assert.Equal(chosen, (await UserAsync(bob)).PasswordHash);
    }

    [Fact]
    public async Task Verify_HashThatIsNoneOrTooDear_LetsNobodyIn()
    {
        for (int i = 0; i < ImportedFormatTests.Refused.Length; i++)
        {
            await AddAsync($"u{i}", ImportedFormatTests.Refused[i]);
            VerifyReply reply = await _host.AskAsync($"u{i}");
            Assert.Equal((200, RejectionReasons.PublicCode), (reply.Status, reply.Code));
        }
    }

    private Task<Guid> AddAsync(string userId, string stored) =>
        _host.AddUserAsync(userId, null, user => (user.PasswordHash, user.PasswordVersion) = (stored, 1));

    private async Task<User> UserAsync(Guid id)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await db.Users.SingleAsync(user => user.Id == id, Token);
    }
}
