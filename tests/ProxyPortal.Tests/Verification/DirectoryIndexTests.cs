using ProxyPortal.Core.Verification;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Verification;

[Trait("Database", "None")]
public sealed class DirectoryIndexTests
{
    [Fact]
    public void Put_RenamesThatCross_LoseNobody()
    {
        var index = new DirectoryIndex();
        Guid a = Guid.CreateVersion7(), b = Guid.CreateVersion7();
        index.Put(User(a, "x"));
        index.Put(User(b, "y"));
        index.Put(User(a, "y"));
        index.Put(User(b, "x"));
        Assert.Equal((b, a), (index.FindUser("x")?.Id, index.FindUser("y")?.Id));
    }

    [Fact]
    public void Remove_NameTakenByAnother_LeavesTheOther()
    {
        var index = new DirectoryIndex();
        Guid a = Guid.CreateVersion7(), b = Guid.CreateVersion7();
        index.Put(User(a, "x"));
        index.Put(User(b, "x"));
        index.Remove(a);
        Assert.Equal(b, index.FindUser("x")?.Id);
    }

    private static UserModel User(Guid id, string name) => new()
    {
        Id = id,
        UserId = name,
        PasswordVersion = 1,
        PasswordHash = null,
        Suspended = false,
        Access = SharedAccess.OfNoGroup,
    };
}
