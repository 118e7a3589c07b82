using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProxyPortal.Core.Protocols;
using ProxyPortal.SquidHelper.Options;

namespace ProxyPortal.SquidHelper.Portals;

/// <summary>Makes of an HTTP answer what the portal said.</summary>
internal delegate PortalAnswer Judge(HttpAnswerRead read, in HttpAnswer answer);

/// <summary>One keep-alive connection with one question on it at a time, and one small buffer for both directions. Certificates are
/// always checked; nothing in the environment and nothing in an answer leads a password elsewhere: no proxies, no redirects.</summary>
internal sealed class PortalConnection(PortalUrl url, long deadline) : IDisposable
{
    // A question and its answer fit; what does not gets more for as long as it takes.
    private const int UsualBytes = 2048;

    private readonly Socket _socket = url.SocketPath is null
        ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
        : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private SocketStream? _socketStream;
    private Stream? _stream;
    private byte[] _buffer = [];
    private volatile bool _isOverdue;

    /// <summary>When the pool aborts what is going on here: opening, or a question. Guarded by the pool.</summary>
    public long Deadline { get; set; } = deadline;

    /// <summary>Guarded by the pool.</summary>
    public long IdleSince { get; set; }

    public required long OpenedAt { get; init; }

    /// <summary>The pool aborted it: whatever failed then, the reason was time.</summary>
    public bool IsOverdue => _isOverdue;

    public async Task OpenAsync()
    {
        EndPoint target = url.SocketPath is { } path ? new UnixDomainSocketEndPoint(path)
            : IPAddress.TryParse(url.Host, out IPAddress? address) ? new IPEndPoint(address, url.Base.Port)
            : new DnsEndPoint(url.Host, url.Base.Port);
        await _socket.ConnectAsync(target);
        _socketStream = new SocketStream(_socket);
        Stream stream = url.IsTls ? await SecureAsync(_socketStream) : _socketStream;
        _socketStream.NeverWaits = url.IsTls;
        _buffer = new byte[UsualBytes];
        _stream = stream;
    }

    /// <summary>False once the other side has closed it, or has sent what nobody asked for: that would be taken for the next answer.</summary>
    public bool IsQuiet => !_socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Sends the question and waits for its answer. Throws when the connection breaks first.</summary>
    public async ValueTask<(PortalAnswer Answer, bool KeepsAlive)> AskAsync(PortalRequest request, byte[] body, Judge judge)
    {
        try
        {
            int length = request.MaxLength(body.Length);
            if (length > _buffer.Length)
                _buffer = new byte[length];
            length = request.Write(body, _buffer);
            await _stream!.WriteAsync(_buffer.AsMemory(0, length));
            return await ReadAsync(judge);
        }
        finally
        {
            // A password was in it.
            CryptographicOperations.ZeroMemory(_buffer);
            if (_buffer.Length > UsualBytes)
                _buffer = new byte[UsualBytes];
        }
    }

    /// <summary>Ends whatever is going on, from any thread.</summary>
    public void Abort()
    {
        _isOverdue = true;
        Dispose();
    }

    // The stream owns nothing but the socket and, for TLS, native memory that it frees when its reads have ended.
    public void Dispose()
    {
        _stream?.Dispose();
        _socket.Dispose();
    }

    private async Task<Stream> SecureAsync(SocketStream stream)
    {
        SslStream tls = new(stream);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = url.Host,
                // Connections are kept; sessions to be resumed would be kept besides them.
                AllowTlsResume = false,
                // A missing intermediate is a fault of the portal's to be mended there, not a reason to call up strangers meanwhile.
                CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
            });
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    private async ValueTask<(PortalAnswer Answer, bool KeepsAlive)> ReadAsync(Judge judge)
    {
        for (int received = 0; ;)
        {
            if (received == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            int count = url.IsTls ? await ReadSecuredAsync(received) : await _stream!.ReadAsync(_buffer.AsMemory(received));
            if (count == 0)
                throw new IOException("The connection was closed before the answer was complete.");
            received += count;
            if (TryJudge(_buffer.AsSpan(0, received), judge, out PortalAnswer? answer, out bool keepsAlive))
                return (answer!, keepsAlive);
        }
    }

    private async ValueTask<int> ReadSecuredAsync(int received)
    {
        while (true)
        {
            try
            {
                // Of nothing: takes no buffer while it waits.
                int nothing = await _stream!.ReadAsync(Memory<byte>.Empty);
                return await _stream.ReadAsync(_buffer.AsMemory(received)) + nothing;
            }
            catch (NothingArrivedException)
            {
                await _socketStream!.WaitAsync();
            }
        }
    }

    private static bool TryJudge(Span<byte> received, Judge judge, out PortalAnswer? answer, out bool keepsAlive)
    {
        HttpAnswerRead read = HttpAnswer.TryRead(received, out HttpAnswer http);
        answer = read is HttpAnswerRead.NeedMore ? null : judge(read, http);
        keepsAlive = read is HttpAnswerRead.Complete && http.KeepsAlive;
        return answer is not null;
    }
}
