using ProxyPortal.Fuzzing;
using Xunit;

namespace ProxyPortal.Tests.Fuzzing;

/// <summary>What the fuzzer found once holds for good: every input of the corpus is tried again, without the fuzzer.</summary>
[Trait("Database", "None")]
public sealed class CorpusTests
{
    private static readonly string Corpus = Path.Combine(AppContext.BaseDirectory, "Corpus");

    public static TheoryData<string> Parsers => [.. FuzzTargets.All.Keys];

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Corpus_OfTheParser_BreaksNothing(string parser)
    {
        string[] inputs = Directory.GetFiles(Path.Combine(Corpus, parser));
        Assert.NotEmpty(inputs);
        foreach (string input in inputs)
            Assert.Null(Record.Exception(() => FuzzTargets.All[parser](File.ReadAllBytes(input))));
    }

    [Fact]
    public void Corpus_Folders_AreTheParsers() =>
        Assert.Equal(FuzzTargets.All.Keys.Order(StringComparer.Ordinal), Directory.GetDirectories(Corpus).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal));
}
