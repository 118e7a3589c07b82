using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using ProxyPortal.SquidHelper.Options;

namespace ProxyPortal.SquidHelper.Portals;

/// <summary>One portal URL: its connections, and the circuit that keeps users from waiting for it while it is away.</summary>
internal sealed class Portal
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    // Answered 400 before anything is looked up or counted, which is proof enough of life.
    private static readonly byte[] ProbeBody = """{"scheme":"Basic","userId":"","password":""}"""u8.ToArray();

    private readonly PortalUrl _url;
    private readonly string? _authorization;
    private readonly TimeSpan _probeTimeout;
    private readonly HttpMessageInvoker _connection;
    private readonly Circuit _circuit;

    public Portal(PortalUrl url, HelperSettings settings, TimeProvider time, Stderr stderr)
    {
        _url = url;
        _authorization = settings.CallerKey is null ? null : $"Bearer {settings.CallerKey}";
        _probeTimeout = settings.Timeout;
        _connection = PortalConnection.Open(url, settings);
        _circuit = new Circuit(time, ProbeAsync);
        _circuit.Changed += isOpen => stderr.Complain($"{url.Text} {isOpen}", isOpen
            ? $"{url.Text} does not answer: not asked any more until a probe every 2 to 10 seconds finds it again."
            : $"{url.Text} answers again.");
    }

    public string Name => _url.Text;

    public bool IsAway => _circuit.IsOpen;

    /// <summary>Asks within <paramref name="budget"/>. Never throws but for the caller's own cancellation.</summary>
    public async Task<PortalAnswer> AskAsync(byte[] body, TimeSpan budget, CancellationToken cancellation)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(budget);
        PortalAnswer answer;
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, _url.VerifyUri)
            {
                Version = HttpVersion.Version11,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new ByteArrayContent(body) { Headers = { ContentType = Json } },
            };
            if (_authorization is not null)
                request.Headers.TryAddWithoutValidation("Authorization", _authorization);
            using HttpResponseMessage response = await _connection.SendAsync(request, deadline.Token);
            answer = await PortalAnswerReader.ReadAsync(response, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            answer = Away("no answer in the time that --timeout leaves it");
        }
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException tls)
        {
            answer = Away($"{tls.Message.TrimEnd('.')}; the portal needs a certificate for this name from an authority that this machine trusts");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever broke on the way, nobody gave a verdict; a probe that threw would never be repeated.
            answer = Away($"{(e.InnerException ?? e).Message.TrimEnd('.')}; is it running, and is --url right?");
        }

        if (answer.Verdict is PortalVerdict.Unavailable)
            _circuit.Failed();
        else
            _circuit.Succeeded();
        return answer;
    }

    private static PortalAnswer Away(string fault) => new(PortalVerdict.Unavailable, Fault: fault);

    private async Task<bool> ProbeAsync()
    {
        PortalAnswer answer = await AskAsync(ProbeBody, _probeTimeout, CancellationToken.None);
        return answer.Verdict is not PortalVerdict.Unavailable;
    }
}
