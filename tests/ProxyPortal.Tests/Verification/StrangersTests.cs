using System.Text;
using Microsoft.Extensions.Options;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Hosting;
using ProxyPortal.Verification;
using ProxyPortal.Verification.Passwords;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>What names without a password are compared with: as many kinds of hash, in the same shares, as the users have.</summary>
public sealed class StrangersTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("portal-test-").FullName;
    private readonly SecretKeys _keys;
    private readonly PasswordHashing _hashing;
    private readonly PasswordKinds _kinds;
    private readonly DirectoryIndex _index;

    public StrangersTests()
    {
        _keys = new SecretKeys(Options.Create(new PortalOptions { DataDirectory = _directory }));
        _hashing = new PasswordHashing(_keys);
        _kinds = new PasswordKinds(_hashing, _keys);
        _index = new DirectoryIndex(_kinds);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void HashOfStranger_OnlyOurOwnHashes_IsTheDummy()
    {
        Assert.Same(_hashing.Dummy, _kinds.HashOfStranger("nobody"));
        Put(0, _hashing.Dummy);
        Assert.Same(_hashing.Dummy, _kinds.HashOfStranger("nobody"));
    }

    [Fact]
    public void HashOfStranger_MixedHashes_EveryKindIsAsFrequentAsAmongUsers()
    {
        for (int i = 0; i < 60; i++)
            Put(i, i < 30 ? _hashing.Dummy : Encoding.ASCII.GetBytes(i < 45 ? ImportedHashTests.Bcrypt : ImportedHashTests.Apr1));
        Dictionary<string, int> shares = Shares();
        Assert.Equal(3, shares.Count);
        Assert.InRange(shares[PasswordHashing.PresentKind], 1800, 2200);
        Assert.InRange(shares["$2y$05$"], 850, 1150);
        Assert.InRange(shares["$apr1$"], 850, 1150);
    }

    [Fact]
    public void SignIn_StrangerAmongImportedHashes_IsComparedWithOneOfThem()
    {
        Put(1, Encoding.ASCII.GetBytes(ImportedHashTests.Apr1));
        using var work = new PasswordWork(_hashing, _kinds);
        Assert.Equal("$apr1$", _hashing.KindOf(work.TargetOf("nobody", null)));
        Assert.Equal(ImportedHashTests.Bcrypt, Encoding.ASCII.GetString(work.TargetOf("alice", ImportedHashTests.Bcrypt)));
    }

    [Fact]
    public void HashOfStranger_SameName_GetsTheSameKindAlsoAfterARestart()
    {
        Put(1, _hashing.Dummy);
        Put(2, Encoding.ASCII.GetBytes(ImportedHashTests.Bcrypt));
        var again = new PasswordKinds(new PasswordHashing(_keys), _keys);
        again.Change(null, Encoding.ASCII.GetBytes(ImportedHashTests.Bcrypt));
        again.Change(null, _hashing.Dummy);
        for (int i = 0; i < 200; i++)
            Assert.Equal(_hashing.KindOf(_kinds.HashOfStranger($"n{i}")), _hashing.KindOf(again.HashOfStranger($"n{i}")));
    }

    [Fact]
    public void HashOfStranger_ImportedOnesRenewedOrGone_IsTheDummyAgain()
    {
        Put(1, Encoding.ASCII.GetBytes(ImportedHashTests.Bcrypt));
        UserModel gone = Put(2, Encoding.ASCII.GetBytes(ImportedHashTests.Apr1));
        Assert.DoesNotContain(PasswordHashing.PresentKind, Shares().Keys);
        Put(1, _hashing.Dummy);
        _index.Remove(gone.Id);
        Assert.Equal([PasswordHashing.PresentKind], Shares().Keys);
    }

    private UserModel Put(int number, byte[] hash)
    {
        var user = new UserModel
        {
            Id = new Guid(number, 0, 0, new byte[8]),
            UserId = $"u{number}",
            PasswordVersion = 1,
            PasswordHash = hash,
            Suspended = false,
            Access = SharedAccess.OfNoGroup,
        };
        _index.Put(user);
        return user;
    }

    private Dictionary<string, int> Shares() =>
        Enumerable.Range(0, 4000).GroupBy(i => _hashing.KindOf(_kinds.HashOfStranger($"nobody{i}"))).ToDictionary(kind => kind.Key, kind => kind.Count());
}
