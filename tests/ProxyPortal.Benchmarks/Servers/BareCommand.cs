using System.CommandLine;

namespace ProxyPortal.Benchmarks.Servers;

/// <summary>
/// What Kestrel and a JSON reader cost by themselves: a minimal endpoint that reads the request and looks at nothing.
/// It is the 1.00 of every ratio, so it is kept as lean as such an endpoint gets: no logging, a constant of bytes as answer.
/// </summary>
internal static class BareCommand
{
    private static readonly byte[] Accepted =
        """{"result":"accepted","user":"remembered-01","device":null,"groups":["bench"],"validFor":60,"id":"01J00000000000000000000000"}"""u8.ToArray();

    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Port on 127.0.0.1", Required = true };
        var command = new Command("bare", "Serves the bare endpoint that everything is compared with.") { port };
        command.SetAction((parsed, cancellation) => ServeAsync(parsed.GetRequiredValue(port), cancellation));
        return command;
    }

    private static async Task ServeAsync(int port, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));

        await using var app = builder.Build();
        app.MapGet("/health/ready", () => "ready");
        app.MapPost("/api/v1/verify", AnswerAsync);
        await app.StartAsync(cancellation);
        await app.WaitForShutdownAsync(cancellation);
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var body = await context.Request.ReadFromJsonAsync(VerifyJson.Default.VerifyBody, context.RequestAborted);
        if (body is null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Accepted.Length;
        await context.Response.Body.WriteAsync(Accepted, context.RequestAborted);
    }
}
