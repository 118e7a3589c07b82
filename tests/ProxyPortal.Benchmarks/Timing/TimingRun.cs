using System.Net;
using ProxyPortal.Benchmarks.Running;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Timing;

/// <summary>The whole measurement: a portal of its own, warmed up; then, run by run, the kinds of each surface in random order.</summary>
internal static class TimingRun
{
    private const int WarmUp = 200;

    public static async Task<int> ExecuteAsync(int requests, int runs, IReadOnlyList<string> chosen, RunEnvironment environment, CancellationToken cancellation)
    {
        try
        {
            var start = ServerStarts.Portal(environment, new()
            {
                // Lets the measurement come from many addresses.
                ["ForwardedHeaders__KnownProxies__0"] = "127.0.0.1",
                // On a busy machine a hash waits long: it is measured all the same.
                ["Verification__HashWaitMilliseconds"] = "10000",
                // Only the kind that is about throttling is to be throttled.
                ["Verification__ThrottleUserFailures"] = "1000",
            });
            await TimingData.WriteAsync(start.Settings["Portal__DataDirectory"], cancellation);
            using var server = ServerProcess.Launch(start, environment);
            await ReadinessProbe.UntilReadyAsync(server, environment.ReadyLimit, cancellation);
            var alike = true;
            foreach (var surface in await SurfacesAsync(start, cancellation))
            {
                if (chosen.Count == 0 || chosen.Contains(surface.Name)) alike &= Measure(surface, requests, runs, cancellation);
            }
            return alike ? 0 : 1;
        }
        catch (Exception failure) when (failure is UnlikeAnswersException or ServerStartException or TimeoutException or IOException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static async Task<IReadOnlyList<Surface>> SurfacesAsync(ServerStart start, CancellationToken cancellation)
    {
        var portal = new IPEndPoint(IPAddress.Loopback, ((HttpReadySign)start.Ready).Address.Port);
        var passwords = Kinds(TimingData.Known, TimingData.Control, TimingData.Unknown, TimingData.Suspended, TimingData.Bare);
        IReadOnlyList<(string, string[])> devices =
        [
            ("wrong device secret", Of(TimingData.Known, "laptop")), ("unknown device", Of(TimingData.Known, "tablet")), ("device of nobody", Of(TimingData.Unknown, "laptop")),
        ];
        const string almost = "key that differs at its end";
        IReadOnlyList<(string, string[])> keys = [("unknown key", TimingData.Names(TimingData.Known)), (almost, TimingData.Names(TimingData.Known))];
        return
        [
            new VerifySurface("password", start.Address, [.. passwords, .. Kinds(TimingData.Throttled, TimingData.NobodyThrottled)], _ => TimingData.CallerKey),
            new VerifySurface("device", start.Address, devices, _ => TimingData.CallerKey),
            new VerifySurface("caller", start.Address, keys, kind => kind == almost ? TimingData.CallerKey[..^4] + Fresh.Secret()[..4] : "key-" + Fresh.Secret()),
            await FormSurface.SignInAsync(portal, passwords, cancellation),
            await FormSurface.ForgotPasswordAsync(portal, passwords, cancellation),
        ];
    }

    private static IReadOnlyList<(string Kind, string[] Logins)> Kinds(params IEnumerable<string> kinds) => [.. kinds.Select(kind => (kind, TimingData.Names(kind)))];

    private static string[] Of(string kind, string device) => [.. TimingData.Names(kind).Select(name => $"{name}+{device}")];

    private static bool Measure(Surface surface, int requests, int runs, CancellationToken cancellation)
    {
        using var exchange = new Exchange(surface.Server);
        var results = new List<Comparison[]>();
        for (var run = 0; run < runs; run++)
        {
            var times = Run(surface, exchange, requests, cancellation);
            results.Add([.. surface.Kinds.Select((kind, index) => Comparison.Of(kind, times[index], times[0]))]);
        }
        return TimingReport.Write(Console.Out, surface, requests, results);
    }

    private static double[][] Run(Surface surface, Exchange exchange, int requests, CancellationToken cancellation)
    {
        var order = Enumerable.Range(0, requests * surface.Kinds.Count).Select(number => number % surface.Kinds.Count).ToArray();
        Random.Shared.Shuffle(order);
        for (var i = 0; i < WarmUp; i++) exchange.Ask(surface.Request(i % surface.Kinds.Count));

        var times = surface.Kinds.Select(_ => new List<double>(requests)).ToArray();
        string? constant = null;
        foreach (var kind in order)
        {
            cancellation.ThrowIfCancellationRequested();
            times[kind].Add(exchange.Ask(surface.Request(kind)));
            var answer = surface.Constant(exchange.Answer);
            constant ??= answer;
            if (answer != constant) throw new UnlikeAnswersException($"{surface.Name}, {surface.Kinds[kind]}", constant, answer);
        }
        return [.. times.Select(list => list.ToArray())];
    }
}
