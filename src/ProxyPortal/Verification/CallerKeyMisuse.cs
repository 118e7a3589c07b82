using System.Collections.Concurrent;
using System.Net;

namespace ProxyPortal.Verification;

/// <summary>What was wrong with the use of a caller key that itself is right.</summary>
internal enum CallerKeyMisuseKind
{
    /// <summary>It came from outside its networks: perhaps it was copied.</summary>
    WrongSource = 0,

    /// <summary>It stood in a URL, where logs keep it: it has to be replaced.</summary>
    InUrl = 1,
}

/// <summary>Keys that were used as they must not be, until <see cref="ActivityWriter"/> writes it down: one note for each key and kind, however often it
/// happens. Only right keys are noted, so that a stranger can fill nothing.</summary>
internal sealed class CallerKeyMisuse
{
    private readonly ConcurrentDictionary<(Guid KeyId, CallerKeyMisuseKind Kind), IPAddress?> _notes = new();

    public void Record(Guid keyId, CallerKeyMisuseKind kind, IPAddress? address) => _notes.TryAdd((keyId, kind), address);

    /// <summary>Looks for caller keys among the values of the query.</summary>
    public void LookForKeys(HttpContext context, CallerTable table)
    {
        foreach (string? value in context.Request.Query.SelectMany(parameter => parameter.Value))
        {
            if (table.Find(value) is { } key)
                Record(key.KeyId, CallerKeyMisuseKind.InUrl, context.Connection.RemoteIpAddress);
        }
    }

    /// <summary>What was noted since the last time.</summary>
    public IReadOnlyList<(Guid KeyId, CallerKeyMisuseKind Kind, IPAddress? Address)> Take()
    {
        if (_notes.IsEmpty)
            return [];
        return [.. _notes.Keys.ToArray().Select(note => _notes.TryRemove(note, out IPAddress? address) ? (note.KeyId, note.Kind, address) : default).Where(note => note.KeyId != default)];
    }
}
