using System.Buffers;
using System.Text;
using ProxyPortal.Core.Protocols;
using static ProxyPortal.Fuzzing.FuzzTargets;

namespace ProxyPortal.Fuzzing;

internal static class SquidTargets
{
    /// <summary>However a stream is cut into reads, the lines are the same; fields that decode were text.</summary>
    public static void HelperLines(byte[] input)
    {
        List<string> whole = Lines(input, input.Length + 1);
        Demand(whole.SequenceEqual(Lines(input, 1)) && whole.SequenceEqual(Lines(input, 7)), "the lines do not depend on the reads");
        foreach (byte[] line in whole.Select(line => Convert.FromHexString(line)))
            Parse(line);
    }

    /// <summary>Whatever text goes into a reply, it stays one line, and its pairs stay pairs.</summary>
    public static void HelperReplies(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        byte[] reply = SquidReply.Err().With("code_", text).With("id_", "1").EndWithText(text);
        Demand(reply.AsSpan().IndexOf((byte)'\n') == reply.Length - 1, "one line");
        Demand(!reply.AsSpan(0, reply.Length - 1).ContainsAnyInRange((byte)0, (byte)0x1F), "no control character");
        string[] words = Encoding.UTF8.GetString(reply).TrimEnd('\n').Split(' ');
        int pairs = words.Skip(1).TakeWhile(word => word.Contains('=', StringComparison.Ordinal)).Count();
        Demand(pairs == (text.Length == 0 ? 1 : 2), "the text adds no pair");
        var escaped = new ArrayBufferWriter<byte>();
        PercentEscapes.Append(escaped, text);
        if (PercentEscapes.TryDecode(escaped.WrittenSpan, out string decoded) && !text.Any(char.IsControl))
            Demand(decoded == text, "escaping and back");
    }

    private static void Parse(byte[] line)
    {
        foreach (bool withChannelId in (bool[])[true, false])
        {
            if (!SquidHelperLine.TryParse(line, withChannelId, out SquidHelperLine parsed))
                continue;
            Demand(!parsed.ChannelId.ContainsAnyExceptInRange((byte)'0', (byte)'9'), "a channel-ID is digits");
            if (!SquidBasicFields.TrySplit(parsed.Fields, out SquidBasicFields fields))
                continue;
            Demand(fields.User.IndexOf((byte)' ') < 0 && fields.Password.IndexOf((byte)' ') < 0, "fields hold no blank");
            _ = fields.TryReadExtras(out _);
            if (PercentEscapes.TryDecode(fields.Password, out string password))
                Demand(!password.Any(c => c < ' ' || c == 0x7F) && password.Length <= fields.Password.Length, "decoded text holds no control character");
        }
    }

    // A small bound, so that lines beyond it occur.
    private static List<string> Lines(byte[] input, int read)
    {
        var lines = new SquidLineBuffer(64);
        List<string> found = [];
        for (int at = 0; at < input.Length;)
        {
            int count = Math.Min(Math.Min(read, input.Length - at), lines.Free.Length);
            input.AsSpan(at, count).CopyTo(lines.Free);
            lines.Commit(count);
            at += count;
            for (SquidLineRead result = lines.Next(out ReadOnlySpan<byte> line); result is not SquidLineRead.NeedMore; result = lines.Next(out line))
                found.Add(result is SquidLineRead.Line ? Convert.ToHexString(line) : "");
        }
        return found;
    }
}
