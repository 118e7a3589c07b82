using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProxyPortal.Tests.Mail;

/// <summary>An SMTP server that says what a test wants to hear.</summary>
internal sealed class FakeSmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;
    private bool _isOver;

    public FakeSmtpServer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync();
    }

    public int Port { get; }

    /// <summary>What follows DATA, mail by mail.</summary>
    public ConcurrentQueue<string> Mails { get; } = new();

    /// <summary>The answer to RCPT TO; 250 takes it.</summary>
    public string RecipientAnswer { get; set; } = "250 ok";

    /// <summary>The answer to AUTH.</summary>
    public string SignInAnswer { get; set; } = "235 ok";

    /// <summary>Goes away without a word once it has a mail.</summary>
    public bool HangsUp { get; set; }

    /// <summary>Takes the connection and says nothing.</summary>
    public bool IsSilent { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (_isOver)
            return;
        _isOver = true;
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
                talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
                await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
                if (IsSilent)
                    await Task.Delay(Timeout.Infinite, _end.Token);
                await writer.WriteLineAsync("220 fake ESMTP");
                while (await reader.ReadLineAsync(_end.Token) is { } line)
                {
                    if (line.StartsWith("DATA", StringComparison.Ordinal))
                    {
                        await writer.WriteLineAsync("354 go on");
                        var mail = new StringBuilder();
                        while (await reader.ReadLineAsync(_end.Token) is { } text and not ".")
                            mail.AppendLine(text);
                        if (HangsUp)
                            return;
                        Mails.Enqueue(mail.ToString());
                        await writer.WriteLineAsync("250 taken");
                        continue;
                    }
                    string verb = line.Split(' ')[0].ToUpperInvariant();
                    await writer.WriteLineAsync(verb switch
                    {
                        "EHLO" => "250-fake\r\n250-AUTH PLAIN\r\n250 8BITMIME",
                        "AUTH" => SignInAnswer,
                        "RCPT" => RecipientAnswer,
                        "QUIT" => "221 bye",
                        _ => "250 ok",
                    });
                    if (verb == "QUIT")
                        return;
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
            {
                // The client went away, or the test is over.
            }
        }
    }
}
