using System.Text;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Benchmarks.Reporting;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Verification;

namespace ProxyPortal.Benchmarks.Index;

/// <summary>What the engine allocates for a user whose password was proved before.</summary>
internal static class EngineAllocation
{
    private const int Hits = 100_000;
    private const string Password = "one password for the benchmark";

    public static async Task<Finding> MeasureAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var index = services.GetRequiredService<DirectoryIndex>();
        await using (var db = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellation))
        {
            var user = await db.Users.SingleAsync(row => row.Id == DirectoryFile.First, cancellation);
            (user.PasswordHash, user.PasswordVersion) = (services.GetRequiredService<PasswordHashing>().Hash(Encoding.UTF8.GetBytes(Password)), user.PasswordVersion + 1);
            await db.SaveChangesAsync(cancellation);
        }
        var endpoint = new EndpointModel(Guid.CreateVersion7(), "bench", Guid.CreateVersion7(), AuthSchemes.Basic);
        var caller = new CallerModel { ProxyId = endpoint.ProxyId, Name = "bench", Endpoints = [endpoint] };
        var question = new Question(caller, new VerificationRequest(TimeProvider.System.GetUtcNow().UtcTicks, AuthSchemes.Basic, endpoint, null));
        var verifier = services.GetRequiredService<Verifier>();
        var secret = Encoding.UTF8.GetBytes(Password);
        if (!(await verifier.VerifyAsync(question, "user0", secret)).Decision.Accepted) throw new IOException("The engine did not accept the right password.");
        return new Finding("allocation per hot verification inside the engine", "0 bytes", $"{Run(verifier, question, secret)} bytes", Run(verifier, question, secret) == 0);
    }

    private static long Run(Verifier verifier, in Question question, byte[] secret)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Hits; i++)
        {
            var pending = verifier.VerifyAsync(question, "user0", secret);
            if (!pending.IsCompletedSuccessfully || !pending.Result.Decision.Accepted) throw new IOException("A remembered password was not accepted at once.");
        }
        // Counters of a minute may grow by a row meanwhile; that is no cost of a request.
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Hits;
    }
}
