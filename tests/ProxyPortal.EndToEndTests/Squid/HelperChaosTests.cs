using System.Globalization;
using System.Text;
using Xunit;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>A portal that lies, breaks and hangs under load: every line is answered once, on its channel, and nobody gets in by it.</summary>
[Trait("Category", "EndToEnd")]
public sealed class HelperChaosTests(HelperBinary binary) : IClassFixture<HelperBinary>
{
    private static readonly string[] Corruptions =
    [
        "\u0000\u0001\u0002 nothing like HTTP \u007f\r\n\r\n",
        FakeAnswers.HangUp,
        FakeAnswers.Json(200, """{"result":"accepted","user":"mallory"""),
        FakeAnswers.Response(200, "text/html", "<html>accepted</html>"),
        FakeAnswers.Json(200, """{"result":"accepted","result":"accepted"}"""),
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{\"result\":\"accepted\",\"user\":\"mallory\"}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{\"result\":\"accepted\",\"user\":\"mallory\"}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"result\":\"accepted\",\"user\":\"mallory\"}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n{\"result\":\"accepted\"}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n" + new string('x', 200_000),
        "HTTP/1.1 200 OK\r\nX: " + new string('x', 40_000),
        FakeAnswers.Problem(500, "internal"),
    ];

    /// <summary>An accepted login for every user whose number is even; a corruption, or silence, for the odd ones.</summary>
    [Fact]
    public async Task CorruptAndSilentAnswers_NeverReachAnotherLine()
    {
        TaskCompletionSource<string> never = new();
        await using FakePortal portal = new(request =>
        {
            int number = int.Parse(request.UserId.AsSpan(4), CultureInfo.InvariantCulture);
            return number % 2 == 0 ? Task.FromResult(FakeAnswers.Accepted(request.UserId))
                : number % 13 == 0 ? never.Task
                : Task.FromResult(Corruptions[number / 2 % Corruptions.Length]);
        });
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url, "--timeout", "2s", "--cache-ttl", "0s", "--negative-ttl", "0s");
        Dictionary<int, string> replies = await AskAllAsync(helper, 400, 32);
        Assert.Equal(400, replies.Count);
        foreach ((int number, string reply) in replies)
        {
            bool isRight = reply.StartsWith($"OK user=user{number} ", StringComparison.Ordinal) && number % 2 == 0;
            Assert.True(isRight || reply.StartsWith("BH ", StringComparison.Ordinal), $"{number}: {reply}");
        }

        Assert.Contains(replies, reply => reply.Value.StartsWith("OK ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8), InlineData(9), InlineData(10), InlineData(11)]
    public async Task EachCorruption_FailsOverToTheNextPortal_AndIsSentOnce(int corruption)
    {
        await using FakePortal broken = new(_ => Task.FromResult(Corruptions[corruption]));
        await using FakePortal whole = new(request => Task.FromResult(FakeAnswers.Accepted(request.UserId)));
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", broken.Url, "--url", whole.Url, "--timeout", "4s");
        Assert.StartsWith("0 OK user=alice ", await helper.AskAsync("0 alice s3cret"), StringComparison.Ordinal);
        Assert.Single(broken.Requests);
        Assert.Single(whole.Requests);
    }

    /// <summary>One answer too many would be read as the next user's.</summary>
    [Fact]
    public async Task AnswerThatNobodyAskedFor_IsNotTheNextUsers()
    {
        await using FakePortal portal = new(request => Task.FromResult(
            request.UserId == "mallory" ? FakeAnswers.Accepted("mallory", 0) + FakeAnswers.Accepted("victim", 0) : FakeAnswers.Rejected(request.UserId)));
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url);
        for (int i = 0; i < 20; i++)
        {
            Assert.StartsWith("0 OK user=mallory ", await helper.AskAsync("0 mallory s3cret"), StringComparison.Ordinal);
            Assert.StartsWith("1 ERR code_=credential.rejected id_=id-other", await helper.AskAsync($"1 other{i} s3cret"), StringComparison.Ordinal);
        }
    }

    private static async Task<Dictionary<int, string>> AskAllAsync(HelperProcess helper, int count, int outstanding)
    {
        Dictionary<int, string> replies = [];
        int sent = 0;
        while (replies.Count < count)
        {
            StringBuilder lines = new();
            for (; sent < count && sent - replies.Count < outstanding; sent++)
                lines.Append(CultureInfo.InvariantCulture, $"{sent} user{sent} s3cret\n");
            if (lines.Length > 0)
                await helper.SendAsync(lines.ToString());
            string[] reply = (await helper.ReadLineAsync()).Split(' ', 2);
            // Add: a channel that answers twice is found out here.
            replies.Add(int.Parse(reply[0], CultureInfo.InvariantCulture), reply[1]);
        }

        return replies;
    }
}
