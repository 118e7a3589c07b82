using System.Text;
using CsCheck;
using ProxyPortal.Core.Protocols;
using Xunit;

namespace ProxyPortal.Core.Tests.Protocols;

public class SquidReplyTests
{
    [Fact]
    public void Ok_WithGroups_RepeatsTheKey() => Assert.Equal(
        "OK user=alice group=staff group=eng device_=laptop code_=ok id_=01J\n",
        Text(SquidReply.Ok().With("user", "alice").WithEach("group", ["staff", "eng"]).With("device_", "laptop").With("code_", "ok").With("id_", "01J").End()));

    [Fact]
    public void With_AbsentValue_LeavesThePairOut() =>
        Assert.Equal("OK code_=ok\n", Text(SquidReply.Ok().With("user", null).WithEach("group", null).With("device_", "").With("code_", "ok").End()));

    [Theory]
    [InlineData("al\"ice", "al%22ice")]
    [InlineData("\"alice\" group=admins", "%22alice%22%20group%3Dadmins")]
    [InlineData("a b", "a%20b")]
    [InlineData("a\nOK user=root", "a_OK%20user%3Droot")]
    [InlineData("100%", "100%25")]
    [InlineData("a\\b", "a%5Cb")]
    [InlineData("Müller", "M%C3%BCller")]
    public void With_ValueThatWouldInject_StaysOneValue(string value, string expected) =>
        Assert.Equal($"OK user={expected}\n", Text(SquidReply.Ok().With("user", value).End()));

    [Theory]
    [InlineData("Your password expired yesterday", "Your password expired yesterday")]
    [InlineData("two\r\nlines", "two  lines")]
    [InlineData("group=admins for you", "Note: group=admins for you")]
    [InlineData("  trimmed ", "trimmed")]
    [InlineData("später", "später")]
    public void EndWithText_Text_StaysTextOnOneLine(string text, string expected) =>
        Assert.Equal($"ERR code_=x {expected}\n", Text(SquidReply.Err().With("code_", "x").EndWithText(text)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n ")]
    public void EndWithText_NoText_EndsTheLine(string? text) => Assert.Equal("BH\n", Text(SquidReply.Bh().EndWithText(text)));

    [Fact]
    public void EndWithText_LongText_IsCutBetweenCharacters()
    {
        string text = Text(SquidReply.Err().EndWithText("x" + new string('ü', 1000)));
        Assert.Equal($"ERR x{new string('ü', (SquidReply.MaxTextBytes - 1) / 2)}\n", text);
    }

    [Fact]
    public void Reply_AnyValues_IsExactlyOneLineAndAddsNoPair() =>
        Gen.Select(Gen.String, Gen.String.Array, Gen.String).Sample((user, groups, text) =>
        {
            byte[] reply = SquidReply.Err().With("user", user).WithEach("group", groups).With("code_", "c").EndWithText(text);
            string[] words = Text(reply).TrimEnd('\n').Split(' ');
            int expected = 1 + (user.Length > 0 ? 1 : 0) + groups.Count(group => group.Length > 0) + 1;
            string afterPairs = words.Length > expected ? words[expected] : "";
            return reply.Count(value => value == '\n') == 1 && reply[^1] == '\n'
                && words.Skip(1).Take(expected - 1).All(word => word.Contains('=', StringComparison.Ordinal))
                && !afterPairs.Contains('=', StringComparison.Ordinal);
        });

    private static string Text(byte[] reply) => Encoding.UTF8.GetString(reply);

    [Theory]
    [InlineData("Your access has ended.", "ERR code_=x message=\"Your access has ended.\"\n")]
    [InlineData("say \"no\" \\ tag=admin", "ERR code_=x message=\"say \\\"no\\\" \\\\ tag=admin\"\n")]
    [InlineData("two\r\n1 OK lines", "ERR code_=x message=\"two  1 OK lines\"\n")]
    [InlineData(" ", "ERR code_=x\n")]
    public void EndWithMessage_StaysWithinItsQuotes(string message, string line) =>
        Assert.Equal(line, System.Text.Encoding.UTF8.GetString(SquidReply.Err().With("code_", "x").EndWithMessage(message)));
}
