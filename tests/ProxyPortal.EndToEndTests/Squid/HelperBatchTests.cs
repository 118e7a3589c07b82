using Xunit;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>Lines that come together are asked together, and every reply still finds its channel.</summary>
[Trait("Category", "EndToEnd")]
public sealed class HelperBatchTests(HelperBinary binary) : IClassFixture<HelperBinary>
{
    [Fact]
    public async Task Lines_ReadTogether_AreAskedTogether()
    {
        await using FakePortal portal = new(_ => throw new InvalidOperationException("Nothing is to be asked alone.")) { AnswerBatch = batch => Task.FromResult(FakeAnswers.AcceptedEach(batch)) };
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url, "--endpoint", "hq");
        Assert.Equal(Accepted(0, 200), await AskAllAsync(helper, 0, 200));
        Assert.Equal(200, portal.Batches.Sum(batch => batch.Length));
        Assert.All(portal.Batches, batch => Assert.InRange(batch.Length, 2, 64));
        Assert.All(portal.Batches.SelectMany(batch => batch), one => Assert.Equal(("Basic", "s3cret", "hq"), (one.Field("scheme"), one.Field("password"), one.Field("endpoint"))));
        // They are remembered like any others.
        Assert.Equal(Accepted(0, 200), await AskAllAsync(helper, 0, 200));
        Assert.Equal(200, portal.Batches.Sum(batch => batch.Length));
    }

    [Fact]
    public async Task WhatMemoryDoesNotKnow_IsAskedAloneAndHoldsUpNobody()
    {
        TaskCompletionSource hashed = new();
        await using FakePortal portal = new(async request =>
        {
            await hashed.Task;
            return FakeAnswers.Rejected(request.UserId);
        })
        { AnswerBatch = batch => Task.FromResult(FakeAnswers.AcceptedEach(batch, alone: user => user == "user3")) };
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url);
        await helper.SendAsync(Lines(0, 10));
        Assert.Equal(Accepted(0, 10).Where(line => !line.StartsWith("3 ", StringComparison.Ordinal)), await ReadAsync(helper, 9));
        Assert.Equal("user3", Assert.Single(portal.Requests).UserId);
        hashed.SetResult();
        Assert.StartsWith("3 ERR ", await helper.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OlderPortal_WithoutBatches_IsAskedOneByOneFromThenOn()
    {
        await using FakePortal portal = new(request => Task.FromResult(FakeAnswers.Accepted(request.UserId))) { AnswerBatch = _ => Task.FromResult(FakeAnswers.Problem(404, "not_found")) };
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url);
        Assert.Equal(Accepted(0, 20), await AskAllAsync(helper, 0, 20));
        int batches = portal.Batches.Count;
        Assert.Equal(Accepted(20, 20), await AskAllAsync(helper, 20, 20));
        Assert.Equal((batches, 40), (portal.Batches.Count, portal.Requests.Count));
    }

    [Theory]
    [InlineData("""[{"result":"accepted","user":"x"}]""")]
    [InlineData("[")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    public async Task StrangeAnswer_LetsNobodyInAndEachIsAskedAlone(string body)
    {
        await using FakePortal portal = new(request => Task.FromResult(FakeAnswers.Rejected(request.UserId))) { AnswerBatch = _ => Task.FromResult(FakeAnswers.Json(200, body)) };
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url);
        Assert.All(await AskAllAsync(helper, 0, 8), line => Assert.Contains(" ERR code_=credential.rejected ", line, StringComparison.Ordinal));
        Assert.Equal(8, portal.Requests.Count);
    }

    // One of an array of answers that this helper does not know, and one that is none: the others count.
    [Fact]
    public async Task StrangeAnswerAmongOthers_IsNoAcceptance()
    {
        await using FakePortal portal = new(request => Task.FromResult(FakeAnswers.Accepted(request.UserId)))
        {
            AnswerBatch = batch => Task.FromResult(FakeAnswers.Json(200, $"[{string.Join(',', batch.Select(one => one.UserId == "user1" ? """{"result":"maybe"}""" : FakeAnswers.AcceptedBody(one.UserId)))}]")),
        };
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url);
        string[] replies = await AskAllAsync(helper, 0, 3);
        Assert.StartsWith("1 BH ", replies[1], StringComparison.Ordinal);
        Assert.Equal([.. Accepted(0, 1), .. Accepted(2, 1)], [replies[0], replies[2]]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FirstPortalGivesNoAnswer_TheSecondDoesWithinTheTimeOfTheLine(bool hangs)
    {
        await using FakePortal first = new(_ => throw new InvalidOperationException("It gave no answer, so it must not be asked again."))
        {
            AnswerBatch = _ => hangs ? new TaskCompletionSource<string>().Task : Task.FromResult(FakeAnswers.HangUp),
        };
        await using FakePortal second = new(request => Task.FromResult(FakeAnswers.Accepted(request.UserId)));
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", first.Url, "--url", second.Url, "--timeout", "3s");
        Assert.Equal(Accepted(0, 4), await AskAllAsync(helper, 0, 4));
        Assert.Empty(first.Requests);
        Assert.Equal(4, second.Requests.Count);
    }

    [Fact]
    public async Task TheOnlyPortalGivesNoAnswer_EveryChannelIsToldSoWithoutAskingAgain()
    {
        await using FakePortal portal = new(_ => throw new InvalidOperationException("Nobody knows what became of the first question.")) { AnswerBatch = _ => Task.FromResult(FakeAnswers.HangUp) };
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url);
        string[] replies = await AskAllAsync(helper, 0, 4);
        Assert.Equal(["0 BH", "1 BH", "2 BH", "3 BH"], replies.Select(line => line[..4]));
        Assert.Empty(portal.Requests);
    }

    [Fact]
    public async Task WithoutChannels_EveryLineIsAskedAlone()
    {
        await using FakePortal portal = new(request => Task.FromResult(FakeAnswers.Accepted(request.UserId)));
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url, "--concurrency", "0");
        await helper.SendAsync("alice s3cret\nbob s3cret\n");
        Assert.StartsWith("OK user=alice ", await helper.ReadLineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("OK user=bob ", await helper.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Empty(portal.Batches);
    }

    private static string Lines(int from, int count) => string.Concat(Enumerable.Range(from, count).Select(i => $"{i} user{i} s3cret\n"));

    private static string[] Accepted(int from, int count) => [.. Enumerable.Range(from, count).Select(i => $"{i} OK user=user{i} group=staff code_=ok id_=id-user{i}")];

    private static async Task<string[]> AskAllAsync(HelperProcess helper, int from, int count)
    {
        await helper.SendAsync(Lines(from, count));
        return await ReadAsync(helper, count);
    }

    // In the order of the channels: that of the lines is the portal's affair.
    private static async Task<string[]> ReadAsync(HelperProcess helper, int count)
    {
        List<string> lines = [];
        for (int i = 0; i < count; i++)
            lines.Add(await helper.ReadLineAsync());
        return [.. lines.OrderBy(line => int.Parse(line[..line.IndexOf(' ')], null))];
    }
}
