namespace ProxyPortal.Hosting;

/// <summary>Keeps the log calm: until the portal has started, the host's own reports of a failed start (with stack traces) are held
/// back, because the program ends with one clear sentence instead.</summary>
internal sealed class StartLog
{
    public bool HasStarted { get; set; }

    public void Filter(ILoggingBuilder logging)
    {
        foreach (string category in new[] { "Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel" })
            logging.AddFilter(category, level => level >= (HasStarted ? LogLevel.Warning : LogLevel.None));
        // Where the portal listens is said by ourselves, in one place.
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
    }
}
