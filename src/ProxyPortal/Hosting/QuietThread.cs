using System.Collections.Concurrent;
using ProxyPortal.Verification;

namespace ProxyPortal.Hosting;

/// <summary>Runs long work on a thread of its own that lets those go first which answer requests: a change of very many users takes a core for half a minute,
/// and verification shares it. SQLite's calls do not leave the thread that makes them, so all of the work is done there.</summary>
internal sealed class QuietThread : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];

    /// <param name="name">Of the thread, for whoever looks at the process.</param>
    /// <param name="work">Its waits come back to that thread.</param>
    public static async Task RunAsync(string name, Func<Task> work)
    {
        var ended = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(Begin) { IsBackground = true, Name = name }.Start();
        await await ended.Task;

        void Begin()
        {
            using var context = new QuietThread();
            ended.SetResult(context.Run(work));
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));

    public void Dispose() => _posted.Dispose();

    private Task Run(Func<Task> work)
    {
        ThreadPriorityOnLinux.LowerCurrent();
        SetSynchronizationContext(this);
        Task running = StartAsync(work);
        // Behind every continuation of the work itself, which it has posted before it is complete.
        _ = running.ContinueWith(_ => _posted.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        foreach ((SendOrPostCallback callback, object? state) in _posted.GetConsumingEnumerable())
            callback(state);
        return running;
    }

    // What is thrown before the first wait is the work's failure too.
    private static async Task StartAsync(Func<Task> work) => await work();
}
