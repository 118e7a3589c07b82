using Xunit;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>The helper as a process: its start, its end, its limits.</summary>
[Trait("Category", "EndToEnd")]
public sealed class HelperProcessTests(HelperBinary binary) : IClassFixture<HelperBinary>
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Theory]
    [InlineData(HelperProcess.CallerKey, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead, "is readable by group or others")]
    [InlineData(HelperProcess.CallerKey, OwnerOnly | UnixFileMode.GroupRead, "is readable by group or others")]
    [InlineData(" \n", OwnerOnly, "is empty")]
    [InlineData("two\nkeys", OwnerOnly, "does not hold a caller key")]
    public async Task Start_UnfitKeyFile_IsRefused(string content, UnixFileMode mode, string reason)
    {
        string path = HelperProcess.WriteKeyFile(content, mode);
        await AssertRefusedAsync(reason, "--url", "http://127.0.0.1:9", "--key-file", path);
        File.Delete(path);
    }

    [Theory]
    [InlineData("does not exist", "--url", "http://127.0.0.1:9", "--key-file", "/nowhere/key")]
    [InlineData("--grace takes 0s to 15m", "--url", "http://127.0.0.1:9", "--grace", "16m")]
    [InlineData("--timeout takes", "--url", "http://127.0.0.1:9", "--timeout", "1500")]
    [InlineData("--concurrency takes", "--url", "http://127.0.0.1:9", "--concurrency", "many")]
    [InlineData("--url takes", "--url", "http://user:s@127.0.0.1:9")]
    [InlineData("--url takes", "--url", "unix:relative.sock")]
    [InlineData("--url", "--endpoint", "hq")]
    public Task Start_UnfitOptions_AreRefused(string reason, params string[] options) => AssertRefusedAsync(reason, options);

    [Fact]
    public async Task Line_OfAMegabyte_IsOneBhAndMemoryStaysFlat()
    {
        await using FakePortal portal = new(request => Task.FromResult(FakeAnswers.Accepted(request.UserId)));
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url);
        string megabyte = new('a', 1024 * 1024);
        Assert.StartsWith("0 BH ", await helper.AskAsync($"0 {megabyte}"), StringComparison.Ordinal);
        Assert.StartsWith("1 OK user=alice ", await helper.AskAsync("1 alice s3cret"), StringComparison.Ordinal);
        long before = helper.ResidentKiB;
        for (int i = 0; i < 20; i++)
            Assert.StartsWith($"{i} BH ", await helper.AskAsync($"{i} {megabyte}"), StringComparison.Ordinal);
        Assert.StartsWith("1 OK user=alice ", await helper.AskAsync("1 alice s3cret"), StringComparison.Ordinal);
        Assert.InRange(helper.ResidentKiB, 0, before + 4096);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("200")]
    public async Task Garbage_EachLineGetsOneReply(string concurrency)
    {
        const int Lines = 5000;
        await using FakePortal portal = new(request => Task.FromResult(FakeAnswers.Rejected("somebody")));
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url, "--concurrency", concurrency);
        Random random = new(407);
        byte[] garbage = new byte[Lines * 20];
        random.NextBytes(garbage);
        garbage.AsSpan().Replace((byte)'\n', (byte)'%');
        for (int line = 0; line < Lines; line++)
        {
            garbage[line * 20 + 19] = (byte)'\n';
            // Half of them look like a request at first.
            if (line % 2 == 0)
                "1 a "u8.CopyTo(garbage.AsSpan(line * 20));
        }

        // Read at the same time, or both sides end up waiting for room in their pipes.
        Task sending = helper.SendAsync(garbage);
        for (int line = 0; line < Lines; line++)
            Assert.Matches("^([0-9]+ )?(ERR|BH) ", await helper.ReadLineAsync());
        await sending;
        Assert.Equal((0, ""), await helper.EndAsync());
    }

    [Fact]
    public async Task EndOfInput_WithQuestionsInFlight_AnswersThemAndExits()
    {
        TaskCompletionSource asked = new();
        TaskCompletionSource<string> never = new();
        await using FakePortal portal = new(request =>
        {
            asked.TrySetResult();
            return never.Task;
        });
        // The line's own time is far longer than anybody waits here: it is the end of input that ends it.
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url, "--timeout", "30s");
        await helper.SendAsync("5 alice s3cret\n6 cut-off s3c");
        await asked.Task;
        (int exitCode, string output) = await helper.EndAsync();
        Assert.Equal(0, exitCode);
        Assert.StartsWith("5 BH code_=backend.unavailable ", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Channels_TwoHundredOutstanding_AllGetTheirOwnReply()
    {
        const int Channels = 200;
        TaskCompletionSource all = new();
        int arrived = 0;
        await using FakePortal portal = new(async request =>
        {
            if (Interlocked.Increment(ref arrived) == Channels)
                all.SetResult();
            await all.Task;
            return FakeAnswers.Accepted(request.UserId);
        });
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url, "--timeout", "20s", "--concurrency", "200");
        await helper.SendAsync(string.Concat(Enumerable.Range(0, Channels).Select(i => $"{i} user{i} s3cret\n")));
        HashSet<string> replies = [];
        for (int i = 0; i < Channels; i++)
            replies.Add(await helper.ReadLineAsync());
        Assert.Equal(Enumerable.Range(0, Channels).Select(i => $"{i} OK user=user{i} group=staff code_=ok id_=id-user{i}").ToHashSet(), replies);
    }

    private async Task AssertRefusedAsync(string reason, params string[] options)
    {
        await using HelperProcess helper = HelperProcess.Start(binary, options);
        Assert.Equal((2, ""), await helper.EndAsync());
        Assert.Contains(reason, Assert.Single(helper.Stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
