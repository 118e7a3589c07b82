using System.Text;
using CsCheck;
using ProxyPortal.Core.Protocols;
using Xunit;

namespace ProxyPortal.Core.Tests.Protocols;

public class SquidLineBufferTests
{
    private const int Bound = 16;

    [Fact]
    public void Next_LinesInPieces_ComeOutWhole() =>
        Assert.Equal(["alice pw", "bob", "", "c"], Read("ali", "ce pw\nbo", "b\n\n", "c\nrest"));

    [Fact]
    public void Next_LineAtTheBound_IsALine() => Assert.Equal([new string('a', Bound), "b"], Read(new string('a', Bound) + "\nb\n"));

    [Fact]
    public void Next_LineBeyondTheBound_IsToldOnceAndSkippedToItsEnd() => Assert.Equal(
        ["!7 aaaaaaaaaaaaaa", "8 b"],
        Read("7 ", new string('a', Bound), new string('a', 3 * Bound), "aa\n8 b\n"));

    [Fact]
    public void Next_LineBeyondTheBoundInOnePiece_IsToldOnce() =>
        Assert.Equal(["!" + new string('a', Bound), "b"], Read(new string('a', Bound + 1) + "\nb\n"));

    [Fact]
    public void Next_AnyBytesInAnyPieces_GivesOneAnswerForEachLine() =>
        Gen.Select(Gen.Int[0, 9].Select(n => n == 0 ? '\n' : 'a').Array[0, 200], Gen.Int[1, 40]).Sample((characters, piece) =>
        {
            string input = new(characters);
            string[] lines = input.Split('\n')[..^1];
            IEnumerable<string> expected = lines.Select(line => line.Length <= Bound ? line : "!" + line[..Bound]);
            string tail = input[(input.LastIndexOf('\n') + 1)..];
            if (tail.Length > Bound)
                expected = expected.Append("!" + tail[..Bound]);
            return Read([.. input.Chunk(piece).Select(chunk => new string(chunk))]).SequenceEqual(expected);
        });

    private static List<string> Read(params string[] pieces)
    {
        SquidLineBuffer buffer = new(Bound);
        List<string> lines = [];
        // No more at once than there is always room for.
        foreach (byte[] chunk in pieces.SelectMany(piece => Encoding.ASCII.GetBytes(piece).Chunk(Bound)))
        {
            chunk.CopyTo(buffer.Free);
            buffer.Commit(chunk.Length);
            for (SquidLineRead read = buffer.Next(out ReadOnlySpan<byte> line); read is not SquidLineRead.NeedMore; read = buffer.Next(out line))
                lines.Add((read is SquidLineRead.TooLong ? "!" : "") + Encoding.ASCII.GetString(line));
        }

        return lines;
    }
}
