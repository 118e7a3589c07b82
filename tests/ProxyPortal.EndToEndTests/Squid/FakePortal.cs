using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>What the fake portal saw of a request.</summary>
internal sealed record SeenRequest(string Head, string Body)
{
    private readonly JsonElement _json = JsonElement.Parse(Body);

    public string UserId => Field("userId") ?? "";

    public string? Field(string name) => _json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}

/// <summary>A portal just large enough to lie: plain HTTP/1.1 over a socket, so that it can also answer what no server would.</summary>
internal sealed class FakePortal : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<SeenRequest, Task<string>> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    /// <param name="answer">Gives the whole response text; see <see cref="FakeAnswers"/>.</param>
    /// <param name="endPoint">By default a free port on loopback.</param>
    /// <param name="certificate">With it, TLS.</param>
    public FakePortal(Func<SeenRequest, Task<string>> answer, EndPoint? endPoint = null, X509Certificate2? certificate = null)
    {
        endPoint ??= new IPEndPoint(IPAddress.Loopback, 0);
        _answer = answer;
        _certificate = certificate;
        _listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(endPoint);
        _listener.Listen(512);
        _accepting = AcceptAsync();
    }

    /// <summary>The single questions.</summary>
    public ConcurrentQueue<SeenRequest> Requests { get; } = [];

    /// <summary>The questions asked together.</summary>
    public ConcurrentQueue<SeenRequest[]> Batches { get; } = [];

    /// <summary>The whole response to questions asked together; by default that each has to be asked alone.</summary>
    public Func<SeenRequest[], Task<string>> AnswerBatch { get; init; } = batch => Task.FromResult(FakeAnswers.Json(200, $"[{string.Join(',', batch.Select(_ => "null"))}]"));

    public string Url => _listener.LocalEndPoint is IPEndPoint ip
        ? $"{(_certificate is null ? "http" : "https")}://{ip}"
        : $"unix:{_listener.LocalEndPoint}";

    public static int FreePort()
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _connections.Add(ServeAsync(await _listener.AcceptAsync(_end.Token)));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using Stream connection = await OpenAsync(socket);
            await using BufferedStream stream = new(connection);
            while (await ReadRequestAsync(stream) is (string head, string body))
            {
                string answer = await (head.StartsWith("POST /api/v1/verify/batch ", StringComparison.Ordinal) ? AnswerAllAsync(head, body) : AnswerOneAsync(head, body)).WaitAsync(_end.Token);
                if (answer.Length == 0)
                    return;
                await connection.WriteAsync(Encoding.UTF8.GetBytes(answer), _end.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // The helper hung up or the test is over: that is its right.
        }
    }

    private Task<string> AnswerOneAsync(string head, string body)
    {
        SeenRequest request = new(head, body);
        Requests.Enqueue(request);
        return _answer(request);
    }

    private Task<string> AnswerAllAsync(string head, string body)
    {
        SeenRequest[] batch = [.. JsonElement.Parse(body).EnumerateArray().Select(one => new SeenRequest(head, one.GetRawText()))];
        Batches.Enqueue(batch);
        return AnswerBatch(batch);
    }

    private async Task<Stream> OpenAsync(Socket socket)
    {
        NetworkStream stream = new(socket, ownsSocket: true);
        if (_certificate is null)
            return stream;
        SslStream tls = new(stream);
        await tls.AuthenticateAsServerAsync(_certificate);
        return tls;
    }

    private async Task<(string Head, string Body)?> ReadRequestAsync(Stream stream)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (!(head.Count >= 4 && head[^4..] is [(byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n']))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0)
                return null;
            head.Add(one[0]);
        }

        string text = Encoding.ASCII.GetString([.. head]);
        string length = text.Split("Content-Length: ")[1].Split('\r')[0];
        byte[] body = new byte[int.Parse(length, null)];
        await stream.ReadExactlyAsync(body, _end.Token);
        return (text, Encoding.UTF8.GetString(body));
    }
}
