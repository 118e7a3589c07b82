using System.Text.Json;
using ProxyPortal.Core.Protocols;
using ProxyPortal.Core.Verification;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>Several questions at once: answered is what memory knows; the rest waits for nobody and holds up nobody.</summary>
public sealed class VerifyBatchTests : IAsyncLifetime
{
    private VerifyHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await VerifyHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Batch_AnswersInOrderWhatMemoryKnowsAndCountsNothingElse()
    {
        Guid bob = await _host.AddUserAsync("bob");
        await _host.AddUserAsync("expired", adjust: user => user.ValidUntil = DateTimeOffset.UnixEpoch);
        await _host.SaveAsync(db => db.Devices.Add(_host.NewDevice(bob, "laptop")));
        Assert.Equal("account.expired", (await _host.AskAsync("expired")).Code);
        Assert.Equal(RejectionReasons.PublicCode, (await _host.AskAsync("alice", "wrong")).Code);
        long hashes = _host.Gate.Computed;
        int rejections = _host.Activity.Rejections().Count;

        JsonElement[] answers = await AskAsync(
            Question("nobody"), Question("bob"), Question("Alice"), Question("alice", "wrong"), Question("bob+laptop", VerifyHost.DeviceSecret), Question("expired"),
            Question("bob+laptop", "wrong"), Question("nobody+laptop", "wrong"), Question("alice", endpoint: "elsewhere"), """{"scheme":"Basic","userId":"alice"}""", Question("alice", ""));
        Assert.Equal(
            [null, null, "alice", null, "bob", "account.expired", RejectionReasons.PublicCode, RejectionReasons.PublicCode, null, null, null],
            answers.Select(answer => answer.ValueKind is JsonValueKind.Null ? null : answer.TryGetProperty("user", out JsonElement user) ? user.GetString() : answer.GetProperty("code").GetString()));
        Assert.Equal(hashes, _host.Gate.Computed);
        // Recorded are the three rejections that were told.
        Assert.Equal(rejections + 3, _host.Activity.Rejections().Count);
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
        Assert.Equal("bob", (await AskAsync(Question("bob")))[0].GetProperty("user").GetString());
    }

    [Fact]
    public async Task Batch_AnswerIsWordForWordThatOfTheSingleCall()
    {
        string single = (await _host.AskAsync("alice")).WithoutId.Split('\n')[^1];
        string batch = (await _host.SendAsync($"[{Question("alice")},{Question("alice")}]", target: VerifyRequest.BatchPath)).WithoutId.Split('\n')[^1];
        Assert.Equal($"[{single},{single}]", batch);
    }

    // Escapes are undone in one place for all questions: the second must not read what the first left there.
    [Fact]
    public async Task Batch_EscapedValues_AreReadEachForItself()
    {
        const string odd = "canary \"quoted\" \\ pass\u00e9word with ümlaut";
        await _host.AddUserAsync("bob", odd);
        Assert.Equal("accepted", (await _host.AskAsync("bob", odd)).Result);
        JsonElement[] answers = await AskAsync(Question("bob", odd), Question("alice"), Question("bob", odd), Question("bob", odd + "x"));
        Assert.Equal(["bob", "alice", "bob"], answers.Take(3).Select(answer => answer.GetProperty("user").GetString()));
        Assert.Equal(JsonValueKind.Null, answers[3].ValueKind);
    }

    [Fact]
    public async Task Batch_WhileGuessesAreThrottled_LeavesThePasswordToTheSingleCall()
    {
        for (int i = 0; i < 4; i++)
            await _host.AskAsync("alice", $"wrong {i}", address: "192.0.2.7");
        JsonElement[] answers = await AskAsync(Question("alice", address: "192.0.2.7"), Question("alice", address: "192.0.2.8"));
        Assert.Equal([JsonValueKind.Null, JsonValueKind.Object], answers.Select(answer => answer.ValueKind));
    }

    [Theory]
    [InlineData("", 400, "body_missing")]
    [InlineData("{}", 400, "json_invalid")]
    [InlineData("[", 400, "json_invalid")]
    [InlineData("[]", 400, "field_required")]
    [InlineData("[1]", 400, "field_required")]
    [InlineData("[null]", 400, "field_required")]
    [InlineData("[{}] x", 400, "json_invalid")]
    [InlineData("[{}][]", 400, "json_invalid")]
    [InlineData("[[[[[[[[[[[{}]]]]]]]]]]]", 400, "field_required")]
    [InlineData("""[{"userId":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}}]""", 400, "json_invalid")]
    [InlineData("[{}]", 200, null)]
    public async Task Batch_BadBody_IsRefusedWhole(string body, int status, string? code)
    {
        VerifyReply reply = await _host.SendAsync(body, target: VerifyRequest.BatchPath);
        Assert.Equal(status, reply.Status);
        if (code is not null)
            Assert.Equal(code, reply.Code);
        else
            Assert.Equal("[null]", reply.Body);
        await _host.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData(64, 200)]
    [InlineData(65, 400)]
    [InlineData(300, 413)]
    public async Task Batch_TooManyQuestions_AreRefused(int count, int status)
    {
        string[] questions = [.. Enumerable.Repeat(Question("alice"), count)];
        Assert.Equal(status, (await _host.SendAsync($"[{string.Join(',', questions)}]", target: VerifyRequest.BatchPath)).Status);
    }

    [Fact]
    public async Task Batch_UnknownCallerOrMethod_IsRefusedLikeTheSingleCall()
    {
        Assert.Equal(401, (await _host.SendAsync("[{}]", key: "wrong", target: VerifyRequest.BatchPath)).Status);
        Assert.Equal(415, (await _host.SendAsync("[{}]", "text/plain", target: VerifyRequest.BatchPath)).Status);
        using HttpResponseMessage get = await _host.Client.GetAsync(new Uri(VerifyRequest.BatchPath, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(405, (int)get.StatusCode);
    }

    private static string Question(string userId, string password = VerifyHost.Password, string? endpoint = null, string? address = null) => JsonSerializer.Serialize(
        new VerifyRequest { Scheme = "Basic", UserId = userId, Password = password, Endpoint = endpoint, ClientAddress = address }, VerifyJsonContext.Default.VerifyRequest);

    private async Task<JsonElement[]> AskAsync(params string[] questions)
    {
        VerifyReply reply = await _host.SendAsync($"[{string.Join(',', questions)}]", target: VerifyRequest.BatchPath);
        Assert.Equal((200, "application/json"), (reply.Status, reply.ContentType));
        JsonElement[] answers = [.. JsonDocument.Parse(reply.Body).RootElement.EnumerateArray()];
        Assert.Equal(questions.Length, answers.Length);
        return answers;
    }
}
