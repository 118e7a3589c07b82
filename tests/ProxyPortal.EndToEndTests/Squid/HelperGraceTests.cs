using System.Text.Json;
using Xunit;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>Last known good: how far it reaches, and what is told of it afterwards.</summary>
[Trait("Category", "EndToEnd")]
public sealed class HelperGraceTests(HelperBinary binary) : IClassFixture<HelperBinary>
{
    [Theory]
    [InlineData("basic", "alice s3cret 192.0.2.1 3128")]
    [InlineData("acl", "alice 192.0.2.1 3128")]
    public async Task Credit_EndsWithTheCredentialItself(string command, string line)
    {
        bool isDown = false;
        await using FakePortal portal = new(request => Task.FromResult(isDown ? FakeAnswers.Problem(503, "overloaded")
            : FakeAnswers.Json(200, $$"""{"result":"accepted","user":"{{request.UserId}}","validFor":0,"endsIn":{{(request.UserId == "alice" ? 0 : 600)}},"id":"1"}""")));
        await using HelperProcess helper = HelperProcess.Start(binary, new Dictionary<string, string>(), command, "--url", portal.Url, "--grace", "15m");
        string other = line.Replace("alice", "bob", StringComparison.Ordinal);
        await helper.AskAsync($"0 {line}");
        await helper.AskAsync($"0 {other}");
        isDown = true;
        Assert.StartsWith("1 BH ", await helper.AskAsync($"1 {line}"), StringComparison.Ordinal);
        Assert.StartsWith("2 OK user=bob ", await helper.AskAsync($"2 {other}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoWasServedStale_IsToldWhenThePortalIsBack()
    {
        bool isDown = false;
        TaskCompletionSource<string> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FakePortal portal = new(request =>
        {
            if (isDown)
                return Task.FromResult(FakeAnswers.Problem(503, "overloaded"));
            if (!request.Head.StartsWith("POST /api/v1/verify/backfill ", StringComparison.Ordinal))
                return Task.FromResult(FakeAnswers.Accepted(request.UserId, validFor: 0));
            told.TrySetResult(request.Body);
            return Task.FromResult("HTTP/1.1 204 No Content\r\n\r\n");
        });
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url, "--grace", "15m");
        await helper.AskAsync("0 alice s3cret 192.0.2.1 3128");
        await helper.AskAsync("0 %c3%bclf s3cret");
        isDown = true;
        await helper.AskAsync("1 alice s3cret 192.0.2.1 3128");
        await helper.AskAsync("1 alice s3cret 192.0.2.1 3128");
        await helper.AskAsync("1 %c3%bclf s3cret");
        isDown = false;
        await helper.AskAsync("2 alice s3cret 192.0.2.1 3128");

        string body = await told.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("s3cret", body, StringComparison.Ordinal);
        JsonElement served = JsonElement.Parse(body).GetProperty("served");
        Assert.Equal(
            [("alice", 2, "192.0.2.1"), ("ülf", 1, null)],
            served.EnumerateArray().Select(entry => (entry.GetProperty("userId").GetString()!, entry.GetProperty("count").GetInt32(), entry.TryGetProperty("clientAddress", out JsonElement address) ? address.GetString() : null)));
    }

    [Fact]
    public async Task MoreThanThereIsRoomFor_IsCountedTogether()
    {
        const int Logins = 600;
        bool isDown = false;
        long count = 0;
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FakePortal portal = new(request =>
        {
            if (isDown)
                return Task.FromResult(FakeAnswers.Problem(503, "overloaded"));
            if (!request.Head.StartsWith("POST /api/v1/verify/backfill ", StringComparison.Ordinal))
                return Task.FromResult(FakeAnswers.Accepted(request.UserId, validFor: 0));
            JsonElement served = JsonElement.Parse(request.Body).GetProperty("served");
            Assert.InRange(served.GetArrayLength(), 1, 50);
            if (Interlocked.Add(ref count, served.EnumerateArray().Sum(entry => entry.GetProperty("count").GetInt32())) == Logins)
                all.SetResult();
            return Task.FromResult("HTTP/1.1 204 No Content\r\n\r\n");
        });
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url, "--grace", "15m");
        for (int i = 0; i < Logins; i++)
            await helper.AskAsync($"0 user{i} s3cret 192.0.2.1 3128");
        isDown = true;
        for (int i = 0; i < Logins; i++)
            Assert.StartsWith("1 OK ", await helper.AskAsync($"1 user{i} s3cret 192.0.2.1 3128"), StringComparison.Ordinal);
        isDown = false;
        await all.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }
}
