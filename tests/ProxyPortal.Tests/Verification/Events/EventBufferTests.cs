using System.Net;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Hosting;
using ProxyPortal.Verification.Events;
using Xunit;

namespace ProxyPortal.Tests.Verification.Events;

/// <summary>What is written, how often, and what is given up when there is too much of it.</summary>
public sealed class EventBufferTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("portal-test-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private readonly VerificationEvents _events = new();
    private readonly EventDrops _drops;
    private readonly EventBuffer _buffer;
    private readonly UserModel _alice = Recording.User("alice");

    public EventBufferTests()
    {
        var keys = new SecretKeys(Microsoft.Extensions.Options.Options.Create(new PortalOptions { DataDirectory = _folder }));
        _drops = new EventDrops(_time);
        _buffer = new EventBuffer(new LoginMask(keys), _drops, _time);
        _events.Follow(_buffer);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Acceptances_OfTenMinutes_AreOneRow_WrittenAtOnceAndBroughtUpToDateNowAndThen()
    {
        VerificationId first = Accept();
        VerificationEvent row = Assert.Single(Store());
        Assert.Equal((1, "alice"), (row.Count, row.Login));

        Accept();
        Assert.Empty(Store());
        _time.Advance(TimeSpan.FromSeconds(10));
        row = Assert.Single(Store());
        Assert.Equal(2, row.Count);
        Assert.Equal(first.ToBytes(), row.Id);

        _time.Advance(TimeSpan.FromMinutes(9));
        Accept();
        row = Assert.Single(Store());
        Assert.Equal((3, first), (row.Count, VerificationId.FromBytes(row.Id)));
        _time.Advance(TimeSpan.FromMinutes(1));
        Accept();
        row = Assert.Single(Store());
        Assert.Equal(1, row.Count);
        Assert.NotEqual(first.ToBytes(), row.Id);
    }

    [Fact]
    public void Fold_ChangedJustBeforeItsEnd_IsStillBroughtUpToDate()
    {
        Accept();
        Store();
        Accept();
        _time.Advance(TimeSpan.FromMinutes(10));
        Accept();
        Assert.Equal([1, 2], Store().Select(row => row.Count).Order());
    }

    [Fact]
    public void Rejections_WhileTheyAreFew_KeepTheirOwnRows()
    {
        List<byte[]> ids = [.. Enumerable.Range(0, 5).Select(_ => Reject(_alice, "alice").ToBytes())];
        List<VerificationEvent> rows = Store();
        Assert.Equal(ids.Select(Convert.ToHexString).Order(), rows.Select(row => Convert.ToHexString(row.Id)).Order());
        Assert.All(rows, row => Assert.Equal((RejectionReason.WrongSecret, "alice", 1), (row.Reason, row.Login, row.Count)));
    }

    [Fact]
    public void Flood_OfMadeUpNames_WritesFewRows_AndCountsAll()
    {
        const int Guesses = 20_000;
        for (int i = 0; i < Guesses; i++)
            Reject(null, $"guess{i}");
        List<VerificationEvent> rows = Store();
        Assert.InRange(rows.Count, EventBuffer.SinglesAtOnce / 2, EventBuffer.SinglesAtOnce + 10);
        Assert.Equal(Guesses, rows.Sum(row => (long)row.Count) + _drops.Total);
        Assert.Contains(rows, row => row is { Count: > 1, Login: "" });
    }

    [Fact]
    public void Flood_FromManyAddresses_FoldsAtLastByReasonAlone()
    {
        const int Sources = 4 * EventBuffer.MostRejectionFolds;
        for (int i = 0; i < EventBuffer.SinglesAtOnce + Sources; i++)
        {
            _events.Record(_time.GetUtcNow(), _alice, "alice", RejectionReason.WrongSecret, new IPAddress(i + 1));
            if (i % 100 == 0)
                _events.Collect();
        }
        List<VerificationEvent> rows = Store();
        Assert.InRange(rows.Count, 1, EventBuffer.SinglesAtOnce + EventBuffer.MostRejectionFolds + 10);
        Assert.Equal(EventBuffer.SinglesAtOnce + Sources, rows.Sum(row => row.Count));
        Assert.Single(rows, row => row is { UserId: null, Source: null, Count: > EventBuffer.MostRejectionFolds });

        // The next minute begins anew, and rows of one's own come back little by little.
        _time.Advance(TimeSpan.FromMinutes(1));
        Store();
        Reject(_alice, "alice");
        Assert.Equal("alice", Assert.Single(Store()).Login);
    }

    [Fact]
    public void Database_ThatTakesNothing_FillsTheBufferAndThenCostsRowsOnly()
    {
        int users = EventBuffer.MostUnstored + 300;
        for (int i = 0; i < users; i++)
        {
            Accept(Recording.User($"user{i}"));
            if (i % 500 == 0)
                _events.Collect();
        }
        _events.Collect();
        EventBatch batch = _buffer.Take(EventWriter.MostPerWrite);
        _buffer.PutBack(batch);
        Assert.Equal(EventBuffer.MostUnstored, _buffer.Unstored);
        Assert.Equal(300, _drops.Total);
        Assert.NotNull(_drops.LastAt);
        EventBatch all = _buffer.Take(int.MaxValue);
        Assert.Equal(EventBuffer.MostUnstored, all.Events.Count);
        Assert.Equal(users, all.Rollups.Rows.Sum(rollup => rollup.Count));
    }

    [Fact]
    public void Row_ThatTheDatabaseDidNotTake_IsOfferedAgain_WithWhatCameMeanwhile()
    {
        VerificationId id = Accept();
        _events.Collect();
        EventBatch batch = _buffer.Take(10);
        Accept();
        _events.Collect();
        _buffer.PutBack(batch);
        batch = _buffer.Take(10);
        VerificationEvent row = Assert.Single(batch.Events).Row;
        Assert.Equal((2, id), (row.Count, VerificationId.FromBytes(row.Id)));
        Assert.Equal(2, Assert.Single(batch.Rollups.Rows).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("geheim")]
    [InlineData("correct horse battery staple")]
    [InlineData("päßwörter sind lang")]
    public void UnknownName_IsStoredAsABeginningAndADigest(string typed)
    {
        Reject(null, typed);
        Reject(null, typed);
        List<VerificationEvent> rows = Store();
        Assert.Equal(rows[0].Login, rows[1].Login);
        Assert.True(typed.Length == 0 ? rows[0].Login == "" : !rows[0].Login.Contains(typed[..Math.Min(typed.Length, 3)], StringComparison.Ordinal), rows[0].Login);
    }

    [Fact]
    public void UnknownDeviceOfAKnownUser_HidesOnlyTheDevice()
    {
        Reject(_alice, "alice+mein-geheimnis");
        string login = Assert.Single(Store()).Login;
        Assert.StartsWith("alice+", login, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", login, StringComparison.Ordinal);
    }

    private VerificationId Accept(UserModel? user = null) => _events.Record(_time.GetUtcNow(), user ?? _alice, source: Recording.Desk);

    private VerificationId Reject(UserModel? user, string login) =>
        _events.Record(_time.GetUtcNow(), user, login, user is null ? RejectionReason.UnknownUser : RejectionReason.WrongSecret, Recording.Desk);

    /// <summary>What a database that works would have been given.</summary>
    private List<VerificationEvent> Store()
    {
        _events.Collect();
        EventBatch batch = _buffer.Take(int.MaxValue);
        _buffer.MarkStored(batch);
        return [.. batch.Events.Select(due => due.Row)];
    }
}
