using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ProxyPortal.Core.Protocols;
using ProxyPortal.SquidHelper.Memory;
using ProxyPortal.SquidHelper.Portals;

namespace ProxyPortal.SquidHelper;

/// <summary>A question and its JSON, which is wiped once it was sent.</summary>
internal sealed record Asked(Question Question, byte[] Body);

/// <summary>Told what came of questions.</summary>
internal delegate void Settlement(ReadOnlySpan<(Question Question, PortalAnswer Answer)> settled);

/// <summary>Puts questions to the portals: those of one read together, since it costs more to carry a question than to answer it. What the
/// portal does not answer from its memory is asked alone, and what it takes for that holds up nobody else.</summary>
internal sealed class Questioner(PortalList portals, Settlement settle, Stderr stderr)
{
    private static readonly PortalAnswer Bug = new(PortalVerdict.Unavailable);

    // Of the reading thread.
    private readonly List<Asked> _gathered = [];

    /// <summary>Adds a question. For the reading thread, which calls <see cref="AskGathered"/> before it waits.</summary>
    public void Gather(Asked asked) => _gathered.Add(asked);

    public void AskGathered()
    {
        for (int start = 0; start < _gathered.Count;)
        {
            int count = portals.TakesBatches ? CountOfBatch(start) : 1;
            _ = count == 1 ? AskAsync(_gathered[start]) : AskTogetherAsync(_gathered.GetRange(start, count));
            start += count;
        }

        _gathered.Clear();
    }

    private int CountOfBatch(int start)
    {
        int end = start, bytes = 1;
        while (end < _gathered.Count && end - start < VerifyRequest.MaxBatch && (bytes += _gathered[end].Body.Length + 1) <= VerifyRequest.MaxBodyBytes)
            end++;
        return Math.Max(1, end - start);
    }

    private async Task AskAsync(Asked asked, int first = 0)
    {
        PortalAnswer answer = Bug;
        try
        {
            answer = await portals.AskAsync(asked.Body, asked.Question.AskedAt, first);
        }
        catch (Exception e)
        {
            Complain(e);
        }

        CryptographicOperations.ZeroMemory(asked.Body);
        settle([(asked.Question, answer)]);
    }

    private async Task AskTogetherAsync(List<Asked> batch)
    {
        byte[] body = Together(batch);
        (IReadOnlyList<PortalAnswer?> answers, int next) = ([], 0);
        try
        {
            // The oldest is the first.
            (answers, next) = await portals.AskTogetherAsync(body, batch.Count, batch[0].Question.AskedAt);
        }
        catch (Exception e)
        {
            Complain(e);
        }

        CryptographicOperations.ZeroMemory(body);
        List<(Question, PortalAnswer)> settled = new(batch.Count);
        for (int i = 0; i < batch.Count; i++)
        {
            if (i < answers.Count && answers[i] is { } answer)
            {
                CryptographicOperations.ZeroMemory(batch[i].Body);
                settled.Add((batch[i].Question, answer));
            }
            else
            {
                _ = AskAsync(batch[i], next);
            }
        }

        if (settled.Count > 0)
            settle(CollectionsMarshal.AsSpan(settled));
    }

    // A bug of ours must cost one BH, not the proxy: Squid ends with helpers that die.
    private void Complain(Exception e) => stderr.Complain("bug", $"unexpected {e.GetType().Name} while asking the portal; please report it.");

    private static byte[] Together(List<Asked> batch)
    {
        byte[] body = new byte[batch.Sum(asked => asked.Body.Length + 1) + 1];
        int length = 0;
        foreach (Asked asked in batch)
        {
            body[length++] = (byte)',';
            asked.Body.CopyTo(body, length);
            length += asked.Body.Length;
        }

        (body[0], body[length]) = ((byte)'[', (byte)']');
        return body;
    }
}
