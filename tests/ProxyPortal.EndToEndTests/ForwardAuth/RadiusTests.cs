using System.Diagnostics;
using ProxyPortal.EndToEndTests.Processes;
using Xunit;

namespace ProxyPortal.EndToEndTests.ForwardAuth;

/// <summary>radclient asks a real FreeRADIUS, whose rest module asks a real portal.</summary>
[Trait("Category", "EndToEnd")]
public sealed class RadiusTests(ForwardChain chain) : IClassFixture<ForwardChain>
{
    private const string SharedSecret = "testing123";
    private const string Accept = "Access-Accept";
    private const string Reject = "Access-Reject";

    [Fact]
    public async Task Radius_User_IsAcceptedOrRejected()
    {
        await using Gate radius = await StartAsync(ForwardChain.CallerKey);
        string alice = ForwardChain.SecretOf("alice");
        Assert.Equal(Accept, await AskAsync(radius, "alice+laptop", alice, "127.0.0.1"));
        Assert.Equal(Accept, await AskAsync(radius, "alice", ForwardChain.Password, "127.0.0.1"));
        Assert.Equal(Accept, await AskAsync(radius, ForwardChain.OddUser + "+laptop", ForwardChain.SecretOf(ForwardChain.OddUser), "127.0.0.1"));
        Assert.Equal(Reject, await AskAsync(radius, "alice+laptop", "not the secret", "127.0.0.1"));
        Assert.Equal(Reject, await AskAsync(radius, "nobody+laptop", alice, "127.0.0.1"));
        Assert.Equal(Reject, await AskAsync(radius, "alice+laptop", alice, "192.0.2.1"));
        Assert.Equal(Accept, await AskAsync(radius, "far+laptop", ForwardChain.SecretOf("far"), "192.0.2.1"));
        // No address, and what is none, lie in no network.
        Assert.Equal(Reject, await AskAsync(radius, "far+laptop", ForwardChain.SecretOf("far"), null));
        Assert.Equal(Reject, await AskAsync(radius, "far+laptop", ForwardChain.SecretOf("far"), "00-11-22-33-44-55"));
        Assert.False(radius.HasEnded);
    }

    [Fact]
    public async Task Radius_WithAWrongCallerKey_AcceptsNobody()
    {
        await using Gate radius = await StartAsync("pp-a-key-that-nobody-knows-0123456789");
        Assert.Equal(Reject, await AskAsync(radius, "alice+laptop", ForwardChain.SecretOf("alice"), "127.0.0.1"));
    }

    private async Task<Gate> StartAsync(string callerKey)
    {
        var gate = new Gate();
        string key = gate.Write("proxyportal.key", DocumentedText.Read("freeradius.md", "freeradius-key", ("the caller key of this proxy", callerKey)));
        string module = DocumentedText.Read("freeradius.md", "freeradius-module", ("http://127.0.0.1:5081", chain.Portal.VerifyUrl.GetLeftPart(UriPartial.Authority)));
        string site = DocumentedText.Read("freeradius.md", "freeradius-site", ("/etc/freeradius/3.0/proxyportal.key", key), ("port = 1812", $"port = {gate.Port}"));
        gate.Write("radiusd.conf", $$"""
            prefix = /usr
            logdir = {{gate.Folder}}
            raddbdir = /etc/freeradius/3.0
            libdir = /usr/lib/freeradius
            run_dir = {{gate.Folder}}
            log {
                destination = stdout
            }
            security {
            }
            client test {
                ipaddr = 127.0.0.1
                secret = {{SharedSecret}}
            }
            thread pool {
                start_servers = 1
                max_servers = 4
            }
            modules {
                $INCLUDE {{gate.Write("module", module)}}
            }
            $INCLUDE {{gate.Write("site", site)}}

            """);
        ServerProcess process = gate.Start("/usr/sbin/freeradius", "-f", "-l", "stdout", "-d", gate.Folder, "-n", "radiusd");
        await process.WaitForLineAsync("Ready to process requests", TestContext.Current.CancellationToken);
        return gate;
    }

    private static async Task<string?> AskAsync(Gate radius, string login, string password, string? station)
    {
        var start = new ProcessStartInfo("radclient") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // One long wait instead of several tries: a try of its own would be a question of its own.
        foreach (string argument in (string[])["-x", "-r", "1", "-t", "30", $"127.0.0.1:{radius.Port}", "auth", SharedSecret])
            start.ArgumentList.Add(argument);
        using Process client = Process.Start(start)!;
        await client.StandardInput.WriteLineAsync($"User-Name=\"{Quote(login)}\",User-Password=\"{Quote(password)}\"" + (station is null ? "" : $",Calling-Station-Id=\"{station}\""));
        client.StandardInput.Close();
        Task<string> errors = client.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await client.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await client.WaitForExitAsync(TestContext.Current.CancellationToken);
        string? received = output.Split('\n').FirstOrDefault(line => line.StartsWith("Received ", StringComparison.Ordinal));
        return received?.Split(' ')[1] ?? output + radius.Output;
    }

    private static string Quote(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
