using ProxyPortal.Core.Verification;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Verification;

public sealed class UserTableTests
{
    [Fact]
    public void Find_ManyAddedSomeRemoved_KnowsExactlyTheRest()
    {
        var table = new UserTable();
        for (int i = 0; i < 10_000; i++)
            table.Put(User(i));
        for (int i = 0; i < 10_000; i += 3)
            table.Remove(Name(i));
        for (int i = 0; i < 10_000; i++)
            Assert.Equal(i % 3 == 0 ? null : Name(i), table.Find(Name(i))?.UserId);
        Assert.Null(table.Find("nobody"));
    }

    [Fact]
    public void Put_SameName_TakesTheOthersPlace()
    {
        var table = new UserTable();
        table.Put(User(1));
        UserModel second = User(1);
        table.Put(second);
        Assert.Same(second, table.Find(Name(1)));
        table.Remove(Name(1));
        Assert.Null(table.Find(Name(1)));
    }

    [Fact]
    public void PutAndRemove_OverAndOver_EndsWithAnEmptySlotToStopAt()
    {
        var table = new UserTable();
        for (int i = 0; i < 100_000; i++)
        {
            table.Put(User(i));
            table.Remove(Name(i));
        }
        Assert.Null(table.Find(Name(0)));
        Assert.Null(table.Find(""));
    }

    [Fact]
    public async Task Find_WhileOthersComeAndGo_NeverMissesWhoStays()
    {
        var table = new UserTable();
        table.Put(User(-1));
        using var stop = new CancellationTokenSource();
        Task<bool> reader = Task.Run(() =>
        {
            bool found = true;
            while (!stop.IsCancellationRequested)
                found &= table.Find(Name(-1))?.UserId == Name(-1);
            return found;
        }, CancellationToken.None);
        for (int i = 0; i < 200_000; i++)
        {
            table.Put(User(i % 1000));
            if (i % 3 == 0)
                table.Remove(Name(i % 1000));
        }
        await stop.CancelAsync();
        Assert.True(await reader);
    }

    private static string Name(int number) => $"user{number}";

    private static UserModel User(int number) => new()
    {
        Id = Guid.CreateVersion7(),
        UserId = Name(number),
        PasswordVersion = 1,
        PasswordHash = null,
        Suspended = false,
        Access = SharedAccess.OfNoGroup,
    };
}
