using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Hosting;

namespace ProxyPortal.Users.Jobs;

/// <summary>The jobs of this process: one runs at a time, so that no two of them push others from the database; the latest are kept for an hour,
/// with their rows and what is needed to undo them.</summary>
public sealed partial class UserJobs(TimeProvider time, ILogger<UserJobs> log) : IAsyncDisposable
{
    public const int MostKept = 20;
    public static Error NotFound { get; } = new("not_found", "This job is not known any more. Jobs are kept for an hour, and until the portal is restarted.");

    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private readonly Lock _sync = new();
    private readonly List<UserJob> _jobs = [];
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>The job of this id, for the one who started it; null for everyone else.</summary>
    public UserJob? Find(Actor actor, Guid id) => Of(actor).FirstOrDefault(job => job.Id == id);

    /// <summary>The jobs of an actor, latest first.</summary>
    public IReadOnlyList<UserJob> Of(Actor actor)
    {
        lock (_sync)
        {
            Forget();
            return [.. _jobs.Where(job => job.Actor.Id == actor.Id && job.Actor.Token?.Id == actor.Token?.Id && job.Actor.Name == actor.Name).Reverse()];
        }
    }

    internal UserJob Start(Actor actor, string title, int total, Func<UserJob, CancellationToken, Task> work)
    {
        var job = new UserJob(title, actor, time.GetUtcNow()) { Total = total };
        lock (_sync)
        {
            Forget();
            _jobs.Add(job);
        }
        job.Completion = Task.Run(() => RunAsync(job, work));
        return job;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task[] running;
        lock (_sync)
            running = [.. _jobs.Select(job => job.Completion)];
        await Task.WhenAll(running);
        _stopping.Dispose();
        _oneAtATime.Dispose();
    }

    private async Task RunAsync(UserJob job, Func<UserJob, CancellationToken, Task> work)
    {
        string? problem = null;
        bool isIn = false;
        try
        {
            await _oneAtATime.WaitAsync(_stopping.Token);
            isIn = true;
            job.Begin();
            await QuietThread.RunAsync("User job", () => work(job, _stopping.Token));
        }
        catch (OperationCanceledException)
        {
            problem = "The portal was stopped. What is listed was done; the rest was not.";
        }
        catch (DatabaseBusyException busy)
        {
            problem = busy.Message;
        }
        catch (UserJobException refusal)
        {
            problem = refusal.Message;
        }
#pragma warning disable CA1031 // A job has nobody above it who could catch.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailed(failure, job.Id, job.Title);
            problem = $"This failed on our side and was written to the log as job {job.Id}.";
        }
        finally
        {
            job.End(problem);
            if (isIn)
                _oneAtATime.Release();
        }
    }

    // Under the lock.
    private void Forget()
    {
        DateTimeOffset since = time.GetUtcNow() - Kept;
        _jobs.RemoveAll(job => job.IsOver && job.CreatedAt < since);
        while (_jobs.Count >= MostKept && _jobs.FindIndex(job => job.IsOver) is >= 0 and var oldest)
            _jobs.RemoveAt(oldest);
    }

    [LoggerMessage(7101, LogLevel.Error, "Job {Id} failed: {Title}.")]
    private partial void LogFailed(Exception failure, Guid id, string title);
}

/// <summary>Ends a job with a sentence for the one who started it.</summary>
public sealed class UserJobException(string message) : Exception(message);
