using Xunit;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>Plays Transcripts/*.txt against the published helper: <c>$</c> its options, a subcommand other than basic first, <c>></c> what Squid writes, <c>&lt;</c> what it
/// must read next, <c>!</c> what happens at the portal, <c>2</c> what must stand on standard error, <c>#</c> why.</summary>
[Trait("Category", "EndToEnd")]
public sealed class HelperTranscriptTests(HelperBinary binary) : IClassFixture<HelperBinary>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Transcripts");

    public static TheoryData<string> Transcripts =>
        [.. Directory.GetFiles(Folder, "squid-*.txt").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Transcripts))]
    public async Task Helper_PlaysItsPart(string transcript)
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(Folder, transcript), TestContext.Current.CancellationToken);
        string[] options = [.. lines.Where(line => line.StartsWith('$')).SelectMany(line => line[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        TranscriptPortal behaviour = new();
        await using FakePortal portal = new(behaviour.AnswerAsync);
        string[] command = options is ["acl" or "basic", ..] ? options : ["basic", .. options];
        await using HelperProcess helper = HelperProcess.Start(binary, new Dictionary<string, string>(), [.. command, "--url", portal.Url, "--timeout", "20s"]);

        foreach (string line in lines)
        {
            string text = line.Length > 2 ? line[2..] : "";
            switch (line)
            {
                case ['>', ..]:
                    await helper.SendAsync(text.Replace("\\r", "\r", StringComparison.Ordinal) + "\n");
                    break;
                case ['<', ..]:
                    Assert.Equal(text, await helper.ReadLineAsync());
                    break;
                case ['2', ..]:
                    await helper.WaitForStderrAsync(text);
                    break;
                case "! release":
                    behaviour.Release();
                    break;
                case "" or ['#', ..] or ['$', ..]:
                    break;
                default:
                    Assert.Fail($"{transcript}: what is '{line}'?");
                    break;
            }
        }

        Assert.Equal((0, ""), await helper.EndAsync());
    }
}
