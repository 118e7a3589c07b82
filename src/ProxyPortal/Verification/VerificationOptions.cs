namespace ProxyPortal.Verification;

/// <summary>Section <c>Verification</c>.</summary>
public sealed class VerificationOptions
{
    public const string Section = "Verification";

    /// <summary>Lets the verify listener speak plain HTTP on other addresses than loopback.</summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>Seconds for which a caller may remember an acceptance, 1 to 3600; never beyond the credential's own end.</summary>
    public int ValidForSeconds { get; set; } = 60;

    /// <summary>Threads that compute slow password hashes, 1 to 64. Each needs 19 MiB while it works.</summary>
    public int HashWorkers { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Passwords that may wait for a hash thread, 1 to 10000; beyond it the answer is 503.</summary>
    public int HashQueue { get; set; } = 64;

    /// <summary>Milliseconds a password may wait in that queue, 100 to 10000; less than the callers' own time limit.</summary>
    public int HashWaitMilliseconds { get; set; } = 1200;

    /// <summary>Verified passwords to remember, 1000 to 10000000.</summary>
    public int ProofCacheSize { get; set; } = 200_000;

    /// <summary>Minutes for which a verified password is remembered, 1 to 1440.</summary>
    public int ProofMinutes { get; set; } = 60;

    /// <summary>Wrong passwords to remember, 100 to 1000000.</summary>
    public int MismatchCacheSize { get; set; } = 20_000;

    /// <summary>Seconds for which a wrong password is remembered, 0 to 300.</summary>
    public int MismatchSeconds { get; set; } = 10;

    /// <summary>Days for which single events are kept, 1 to 3650.</summary>
    public int EventDays { get; set; } = 30;

    /// <summary>Days for which counts by the minute are kept, 1 to 3650.</summary>
    public int MinuteRollupDays { get; set; } = 2;

    /// <summary>Days for which counts by the hour are kept, 1 to 3650.</summary>
    public int HourRollupDays { get; set; } = 60;

    /// <summary>Days for which counts by the day are kept, 1 to 3650.</summary>
    public int DayRollupDays { get; set; } = 400;

    /// <summary>Different wrong passwords of one user from one source before the delays begin, 1 to 100.</summary>
    public int ThrottleFreeFailures { get; set; } = 3;

    /// <summary>The longest delay between two of them, in seconds, 1 to 3600.</summary>
    public int ThrottleLongestDelaySeconds { get; set; } = 60;

    /// <summary>Different users at whom one source may fail within the window, 1 to 10000.</summary>
    public int ThrottleUsersPerSource { get; set; } = 20;

    /// <summary>That window, and the penalty, in minutes, 1 to 1440.</summary>
    public int ThrottleSourceMinutes { get; set; } = 10;

    /// <summary>Different wrong passwords of one user from unknown sources, after which only known sources may try, 10 to 1000.</summary>
    public int ThrottleUserFailures { get; set; } = 100;

    /// <summary>Days for which a source counts as known after a success, 1 to 365.</summary>
    public int KnownSourceDays { get; set; } = 30;

    /// <summary>Wrong attempts of all users within a minute that raise the alarm, 10 to 1000000.</summary>
    public int ThrottleAlarmPerMinute { get; set; } = 600;

    /// <summary>Counters of each kind to hold, 1024 to 1048576.</summary>
    public int ThrottleEntries { get; set; } = 65_536;
}
