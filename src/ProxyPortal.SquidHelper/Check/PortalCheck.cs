using System.Globalization;
using System.Text;
using ProxyPortal.Core.Protocols;
using ProxyPortal.SquidHelper.Options;
using ProxyPortal.SquidHelper.Portals;

namespace ProxyPortal.SquidHelper.Check;

/// <summary>One portal URL, step by step; a step that fails ends it, because the next ones could only repeat it.</summary>
internal sealed class PortalCheck(PortalUrl url, string? callerKey, string? endpoint, TimeSpan timeout, TimeProvider time, CheckReport report)
{
    // As good as any for passwords that are remembered for a minute; beyond it certificates and limits go wrong too.
    private static readonly TimeSpan LargestSkew = TimeSpan.FromSeconds(30);

    private DateTimeOffset? _date;
    private int _status;

    public async Task RunAsync(string? user, string? password)
    {
        long start = time.GetTimestamp();
        using PortalConnection connection = new(url, start) { OpenedAt = start };
        using ITimer limit = time.CreateTimer(_ => connection.Abort(), null, timeout * 4, Timeout.InfiniteTimeSpan);
        try
        {
            await connection.OpenAsync();
            report.Ok($"{url.Text}: reached{(url.IsTls ? ", certificate good" : "")}, {Milliseconds(start)} ms.");
            if (url.IsClearText)
                report.Failed($"{url.Text}: sends passwords over the network in clear text; use https.");
            if (await CheckKeyAsync(connection) && await CheckEndpointAsync(connection) && !string.IsNullOrEmpty(user) && !string.IsNullOrEmpty(password))
                await CheckLoginAsync(connection, user, password);
        }
        catch (Exception e)
        {
            report.Failed($"{url.Text}: {Portal.Away(connection.IsOverdue ? new TimeoutException() : e).Fault}.");
        }
    }

    // Answered 400 before anything is looked up or counted.
    private async Task<bool> CheckKeyAsync(PortalConnection connection)
    {
        long start = time.GetTimestamp();
        PortalAnswer answer = await AskAsync(connection, "{}");
        if (answer.Verdict is not PortalVerdict.Malformed)
            return Fail($"caller key: {Fault(answer)}");
        report.Ok($"{url.Text}: caller key accepted, round trip {Milliseconds(start)} ms.");
        if (_date is not { } portals)
            return Fail("clock: the answer has no Date header, so the clocks cannot be compared; something between changes answers.");
        TimeSpan skew = portals - time.GetUtcNow();
        if (skew.Duration() > LargestSkew)
            return Fail($"clock: {skew.TotalSeconds:F0} s apart from the portal's; let both hosts synchronise their time.");
        report.Ok($"{url.Text}: clocks agree within {Math.Ceiling(skew.Duration().TotalSeconds):F0} s.");
        return true;
    }

    // The address is no address: the portal looks at the endpoint, then refuses that, and never comes to the password.
    private async Task<bool> CheckEndpointAsync(PortalConnection connection)
    {
        PortalAnswer answer = await AskAsync(connection, VerifyBody("check", "check", "check"));
        if (answer.Verdict is not PortalVerdict.Malformed)
            return Fail($"endpoint {endpoint ?? "(none)"}: {(_status == 403 ? "this proxy has no endpoint of that name; see its page in the portal for the right --endpoint" : Fault(answer))}");
        report.Ok($"{url.Text}: {(endpoint is null ? "no --endpoint, the proxy's only one is meant" : $"endpoint {endpoint} known")}.");
        return true;
    }

    private async Task CheckLoginAsync(PortalConnection connection, string user, string password)
    {
        long start = time.GetTimestamp();
        PortalAnswer answer = await AskAsync(connection, VerifyBody(user, password, null));
        if (answer.Verdict is PortalVerdict.Accepted)
            report.Ok($"{url.Text}: login accepted, {Milliseconds(start)} ms.");
        else
            Fail($"login: {(answer.Response is { } rejected ? $"{rejected.Code}, {rejected.Message}" : Fault(answer))}");
    }

    private async Task<PortalAnswer> AskAsync(PortalConnection connection, string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        (PortalAnswer answer, bool keepsAlive) = await connection.AskAsync(new PortalRequest(url, VerifyRequest.Path, callerKey), bytes, Look);
        return keepsAlive || answer.Verdict is not PortalVerdict.Malformed ? answer : throw new IOException("The portal ends the connection after each answer; a proxy between should keep it alive.");
    }

    private PortalAnswer Look(HttpAnswerRead read, in HttpAnswer answer)
    {
        _status = answer.Status;
        _date = DateTimeOffset.TryParseExact(Encoding.ASCII.GetString(answer.Date), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date) ? date : null;
        return PortalAnswerReader.Read(read, answer);
    }

    private string VerifyBody(string user, string password, string? address)
    {
        using RequestBody body = new();
        body.Begin();
        body.Write("scheme"u8, "Basic");
        body.Write("userId"u8, user);
        body.Write("password"u8, password);
        body.Write("clientAddress"u8, address);
        body.Write("endpoint"u8, endpoint);
        return Encoding.UTF8.GetString(body.End());
    }

    private static string Fault(PortalAnswer answer) => answer.Fault.Length > 0 ? answer.Fault : $"an answer that was not expected ({answer.Verdict})";

    private bool Fail(string what)
    {
        report.Failed($"{url.Text}: {what}");
        return false;
    }

    private string Milliseconds(long start) => time.GetElapsedTime(start).TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture);
}
