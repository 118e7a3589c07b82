using ProxyPortal.Access;

namespace ProxyPortal.Users.Jobs;

public enum UserJobState
{
    Waiting = 0,
    Running = 1,
    Done = 2,

    /// <summary>It ended before its last row; <see cref="UserJob.Problem"/> says why.</summary>
    Stopped = 3,
}

public enum UserOutcome
{
    Changed = 0,

    /// <summary>It was so already.</summary>
    Unchanged = 1,

    /// <summary>Left alone on purpose.</summary>
    Skipped = 2,
    Failed = 3,
}

/// <summary>What became of one user.</summary>
/// <param name="UserId">User-id, or the id of one who is gone.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Message">Why, where it was not simply done.</param>
public sealed record UserJobRow(string UserId, UserOutcome Outcome, string? Message);

/// <summary>Work on many users that goes on in the background. Kept in memory: a restart ends it, between two transactions.</summary>
public sealed class UserJob(string title, Actor actor, DateTimeOffset createdAt)
{
    private readonly Lock _sync = new();
    private readonly List<UserJobRow> _rows = [];
    private readonly int[] _counts = new int[Enum.GetValues<UserOutcome>().Length];
    private int _done;

    public Guid Id { get; } = Guid.CreateVersion7();

    /// <summary>What it does: "Suspend 143 users".</summary>
    public string Title { get; } = title;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public UserJobState State { get; private set; }

    /// <summary>Why it stopped.</summary>
    public string? Problem { get; private set; }

    /// <summary>Rows in all.</summary>
    public int Total { get; internal set; }

    /// <summary>Rows that are through.</summary>
    public int Done => Volatile.Read(ref _done);

    public bool IsOver => State is UserJobState.Done or UserJobState.Stopped;

    /// <summary>Whether it can be taken back, and was not yet.</summary>
    public bool CanUndo => IsOver && Undo is not null;

    /// <summary>Who started it, and alone may look at it.</summary>
    internal Actor Actor { get; } = actor;

    /// <summary>How to take it back; null when it cannot be, or was.</summary>
    internal UserJobUndo? Undo { get; set; }

    /// <summary>Completes when the job is over.</summary>
    public Task Completion { get; internal set; } = Task.CompletedTask;

    public int Count(UserOutcome outcome)
    {
        lock (_sync)
            return _counts[(int)outcome];
    }

    /// <summary>The rows so far, in the order in which they were done.</summary>
    public IReadOnlyList<UserJobRow> Rows()
    {
        lock (_sync)
            return [.. _rows];
    }

    internal void Begin() => State = UserJobState.Running;

    internal void End(string? problem) => (Problem, State) = (problem, problem is null ? UserJobState.Done : UserJobState.Stopped);

    internal void Add(IReadOnlyCollection<UserJobRow> rows)
    {
        lock (_sync)
        {
            foreach (UserJobRow row in rows)
            {
                _rows.Add(row);
                _counts[(int)row.Outcome]++;
            }
        }
        Interlocked.Add(ref _done, rows.Count);
    }

    /// <summary>Progress of a step that ends in one transaction: nothing is done before all is.</summary>
    internal void Report(int done) => Volatile.Write(ref _done, done);
}

/// <summary>What is needed to take a job back.</summary>
internal abstract record UserJobUndo;
