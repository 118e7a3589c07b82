using ProxyPortal.Core.Protocols;

namespace ProxyPortal.SquidHelper;

/// <summary>A kind of helper: answers each line once, at once through the output's batch or later from another thread.</summary>
internal interface ILineAnswers
{
    void Answer(ReadOnlySpan<byte> line);

    /// <summary>The line broke the bound; <paramref name="beginning"/> is what is left of it.</summary>
    void AnswerTooLong(ReadOnlySpan<byte> beginning);

    /// <summary>Everything read so far was handed over: asks what is to be asked, and writes what is answered.</summary>
    void Flush();

    /// <summary>Waits until every line is answered; what the portal does not settle in that time is answered BH.</summary>
    void Finish(TimeSpan patience);
}

/// <summary>Standard input to answers, on the main thread: one large read, then every complete line in it, then one write.</summary>
internal static class HelperLoop
{
    // Squid closes our input and waits for the exit; a second in all is promised.
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(700);

    public static int Run(Stream input, ILineAnswers answers)
    {
        SquidLineBuffer lines = new();
        while (input.Read(lines.Free) is > 0 and int count)
        {
            lines.Commit(count);
            for (SquidLineRead read = lines.Next(out ReadOnlySpan<byte> line); read is not SquidLineRead.NeedMore; read = lines.Next(out line))
            {
                if (read is SquidLineRead.Line)
                    answers.Answer(line);
                else
                    answers.AnswerTooLong(line);
            }

            answers.Flush();
        }

        // A last line without its LF was cut off, perhaps within the password: nothing is asked with half of one.
        answers.Finish(Farewell);
        return 0;
    }
}
