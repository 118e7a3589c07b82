using System.Data.Common;
using System.Threading.Channels;

namespace ProxyPortal.Verification;

/// <summary>Rows that are read by a task of their own, some batches ahead of whoever takes them: several readers side by side use several
/// cores, and what has been read and not taken stays little.</summary>
internal sealed class RowsAhead<TRow> : IAsyncDisposable
    where TRow : class
{
    private const int BatchSize = 512;
    private const int BatchesAhead = 4;
    private readonly Channel<TRow[]> _batches = Channel.CreateBounded<TRow[]>(new BoundedChannelOptions(BatchesAhead) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _end = new();
    private readonly Task _reading;
    private TRow[] _batch = [];
    private int _next;

    public RowsAhead(DbDataReader reader, Func<DbDataReader, TRow> read) => _reading = Task.Run(() => ReadAsync(reader, read));

    /// <summary>The next row, left where it is; null at the end, or when <see cref="MoreAsync"/> has to be called first.</summary>
    public TRow? Peek() => _next < _batch.Length ? _batch[_next] : null;

    /// <summary>Takes what <see cref="Peek"/> gave.</summary>
    public void Take() => _next++;

    /// <summary>Waits for rows behind those that were taken; false at the end.</summary>
    public async ValueTask<bool> MoreAsync(CancellationToken cancellationToken)
    {
        if (!await _batches.Reader.WaitToReadAsync(cancellationToken) || !_batches.Reader.TryRead(out TRow[]? batch))
            return false;
        (_batch, _next) = (batch, 0);
        return true;
    }

    /// <summary>Ends the reading; the reader itself is its owner's.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _end.Dispose();
    }

    // What breaks here breaks there, at the next wait.
    private async Task ReadAsync(DbDataReader reader, Func<DbDataReader, TRow> read)
    {
        Exception? fault = null;
        try
        {
            List<TRow> batch = new(BatchSize);
            while (await reader.ReadAsync(_end.Token))
            {
                batch.Add(read(reader));
                if (batch.Count < BatchSize)
                    continue;
                await _batches.Writer.WriteAsync([.. batch], _end.Token);
                batch.Clear();
            }
            if (batch.Count > 0)
                await _batches.Writer.WriteAsync([.. batch], _end.Token);
        }
        catch (Exception exception)
        {
            fault = exception;
        }
        _batches.Writer.Complete(fault);
    }
}
