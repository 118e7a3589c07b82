using System.Data.Common;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ProxyPortal.Hosting;

/// <summary>Turns what the surroundings did wrong (files, ports, database) into one message and exit code 1. A stack trace is for bugs.</summary>
internal static class Refusals
{
    public static async Task<int> GuardAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (Exception exception) when (Explain(exception) is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return CommandLine.Refused;
        }
    }

    /// <summary>What to tell the operator, or null for a bug.</summary>
    public static string? Explain(Exception exception)
    {
        if (exception is StartRefusedException or Data.DatabaseBusyException)
            return exception.Message;
        // EF wraps what the database said, at times more than once.
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException)
                return $"The database cannot be used: {Whole(cause)}";
        }
        // A configuration file that is not JSON names the line in the inner exception.
        return exception is IOException or UnauthorizedAccessException or SocketException or InvalidDataException ? Whole(exception) : null;
    }

    /// <summary>Runs a part of the start in which the platform reports the operator's faults as general exceptions (certificates).</summary>
    public static async Task ExplainAsync(Func<Task> part)
    {
        try
        {
            await part();
        }
        catch (Exception exception) when (exception is InvalidOperationException or CryptographicException or ArgumentException)
        {
            throw new StartRefusedException(Whole(exception));
        }
    }

    // The cause behind the cause often says the most: the line of a configuration file, the reason of a refused connection.
    private static string Whole(Exception exception)
    {
        string text = exception.Message;
        for (Exception? cause = exception.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (!text.Contains(cause.Message, StringComparison.Ordinal))
                text += " " + cause.Message;
        }
        return text;
    }
}
