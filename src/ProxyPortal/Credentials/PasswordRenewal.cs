using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Credentials;

/// <summary>Stores a password that was proved against an imported or cheaper hash as one of ours. Later and beside the answer; what does not
/// fit into the queue is renewed at the next proof. The password stays the same, and so does its version: what was proved stays proved.</summary>
internal sealed partial class PasswordRenewal(IDbContextFactory<PortalDbContext> contexts, PasswordHashing hashing, ILogger<PasswordRenewal> log) : BackgroundService
{
    private const int LongestQueue = 256;
    private readonly Channel<Proved> _queue = Channel.CreateBounded<Proved>(new BoundedChannelOptions(LongestQueue) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    private int _open;

    /// <summary>Passwords that wait, or are being stored.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <param name="userId">Whose password it is.</param>
    /// <param name="stored">The hash that it matched.</param>
    /// <param name="prepared">The password; copied, and the copy wiped after use.</param>
    public void Offer(Guid userId, byte[] stored, ReadOnlySpan<byte> prepared)
    {
        var proved = new Proved(userId, Encoding.ASCII.GetString(stored), prepared.ToArray());
        Interlocked.Increment(ref _open);
        if (!_queue.Writer.TryWrite(proved))
            Close(proved);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (Proved proved in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await RenewAsync(proved, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The old hash still serves; the next proof tries again.
                LogRenewalFailed(exception, proved.UserId);
            }
            finally
            {
                Close(proved);
            }
        }
    }

    private async Task RenewAsync(Proved proved, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        User? user = await db.Users.SingleOrDefaultAsync(row => row.Id == proved.UserId, cancellationToken);
        // Someone set another password meanwhile: that one counts.
        if (user is null || user.PasswordHash != proved.Stored)
            return;
        user.PasswordHash = hashing.Hash(proved.Prepared);
        try
        {
            // The row's version guards what happens between here and there.
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
        }
    }

    private void Close(Proved proved)
    {
        CryptographicOperations.ZeroMemory(proved.Prepared);
        Interlocked.Decrement(ref _open);
    }

    [LoggerMessage(2042, LogLevel.Warning, "The password of {UserId} could not be stored anew; its old hash still serves.")]
    private partial void LogRenewalFailed(Exception exception, Guid userId);

    private sealed record Proved(Guid UserId, string Stored, byte[] Prepared);
}
