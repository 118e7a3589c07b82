using System.Security.Authentication;
using ProxyPortal.Core.Protocols;
using ProxyPortal.SquidHelper.Options;

namespace ProxyPortal.SquidHelper.Portals;

/// <summary>One portal URL: its connections, and the circuit that keeps users from waiting for it while it is away.</summary>
internal sealed class Portal
{
    // Answered 400 before anything is looked up or counted, which is proof enough of life.
    private static readonly byte[] ProbeBody = "{}"u8.ToArray();

    private static readonly Judge Verdict = PortalAnswerReader.Read;
    private static readonly Judge Verdicts = PortalAnswerReader.ReadBatch;
    private static readonly Judge Receipt = PortalAnswerReader.ReadReceipt;

    private readonly PortalUrl _url;
    private readonly PortalRequest _request;
    private readonly PortalRequest? _batch;
    private readonly PortalRequest _backfill;
    private readonly ConnectionPool _connections;
    private readonly Deadlines _deadlines;
    private readonly Circuit _circuit;
    private volatile bool _knowsNoBatches;

    public Portal(PortalUrl url, IHelperKind kind, HelperSettings settings, Deadlines deadlines, TimeProvider time, Stderr stderr)
    {
        (_url, _deadlines) = (url, deadlines);
        _request = new PortalRequest(url, kind.Path, settings.CallerKey);
        _batch = kind.BatchPath is { } path ? new PortalRequest(url, path, settings.CallerKey) : null;
        _backfill = new PortalRequest(url, BackfillRequest.Path, settings.CallerKey);
        _connections = new ConnectionPool(url, settings, time);
        deadlines.Watch(_connections);
        _circuit = new Circuit(time, () => ProbeAsync(time.GetTimestamp() + (long)(settings.Timeout.TotalSeconds * time.TimestampFrequency)));
        _circuit.Changed += isOpen => stderr.Complain($"{url.Text} {isOpen}", isOpen
            ? $"{url.Text} does not answer: not asked any more until a probe every 2 to 10 seconds finds it again."
            : $"{url.Text} answers again.");
        _circuit.Changed += isOpen =>
        {
            if (!isOpen)
                CameBack?.Invoke();
        };
    }

    /// <summary>It answers again.</summary>
    public event Action? CameBack;

    public string Name => _url.Text;

    public bool IsAway => _circuit.IsOpen;

    /// <summary>Whether questions may be asked together, as far as is known.</summary>
    public bool TakesBatches => _batch is not null && !_knowsNoBatches;

    /// <summary>Asks; the answer is there, or given up, at the timestamp <paramref name="deadline"/>. Asked once only: nobody can tell
    /// what became of a question that got no answer. Never throws.</summary>
    public ValueTask<PortalAnswer> AskAsync(byte[] body, long deadline) => AskAsync(_request, body, Verdict, deadline);

    /// <summary>Asks several at once, an array of bodies; what came of each is in <see cref="PortalAnswer.Each"/>.</summary>
    public async ValueTask<PortalAnswer> AskTogetherAsync(byte[] bodies, int count, long deadline)
    {
        PortalAnswer answer = await AskAsync(_batch!, bodies, Verdicts, deadline, count);
        _knowsNoBatches |= ReferenceEquals(answer, PortalAnswerReader.KnowsNoBatches);
        return answer;
    }

    /// <summary>Tells what was answered in its absence; true once it has taken note.</summary>
    public async ValueTask<bool> TellAsync(byte[] body, long deadline) =>
        await AskAsync(_backfill, body, Receipt, deadline) is { Verdict: PortalVerdict.Accepted };

    private async ValueTask<PortalAnswer> AskAsync(PortalRequest request, byte[] body, Judge judge, long deadline, int questions = 1)
    {
        ValueTask<(PortalConnection? Connection, Exception? Fault)> taken = _connections.TakeAsync(deadline);
        _deadlines.Start();
        (PortalConnection? connection, Exception? fault) = await taken;
        PortalAnswer answer = connection is null ? Away(fault!) : await AskAsync(connection, request, body, judge);
        if (answer.Verdict is PortalVerdict.Unavailable)
            _circuit.Failed(questions);
        else
            _circuit.Succeeded();
        return answer;
    }

    private async ValueTask<PortalAnswer> AskAsync(PortalConnection connection, PortalRequest request, byte[] body, Judge judge)
    {
        bool isReusable = false;
        try
        {
            (PortalAnswer answer, isReusable) = await connection.AskAsync(request, body, judge);
            return answer;
        }
        catch (Exception e)
        {
            // Whatever broke on the way, nobody gave a verdict; a probe that threw would never be repeated.
            return Away(connection.IsOverdue ? new TimeoutException() : e);
        }
        finally
        {
            _connections.Return(connection, isReusable);
        }
    }

    /// <summary>Cause and fix of a failure on the way.</summary>
    public static PortalAnswer Away(Exception fault) => new(PortalVerdict.Unavailable, Fault: fault switch
    {
        TimeoutException => "no answer in the time that --timeout leaves it",
        AuthenticationException tls =>
            $"{tls.Message.TrimEnd('.')}; the portal needs a certificate for this name from an authority that this machine trusts",
        _ => $"{fault.Message.TrimEnd('.')}; is it running, and is --url right?",
    });

    private async Task<bool> ProbeAsync(long deadline)
    {
        PortalAnswer answer = await AskAsync(ProbeBody, deadline);
        return answer.Verdict is not PortalVerdict.Unavailable;
    }
}
