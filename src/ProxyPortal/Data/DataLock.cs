using Microsoft.EntityFrameworkCore;
using ProxyPortal.Hosting;

namespace ProxyPortal.Data;

/// <summary>Makes this process the only one that serves, migrates or replaces the data: those of the data directory, and those of a
/// SQLite file, which may lie elsewhere and be named by the portal of another directory too.</summary>
internal sealed class DataLock(DataDirectory directory, IDbContextFactory<PortalDbContext> contexts) : IDisposable
{
    private FileStream? _database;

    /// <exception cref="StartRefusedException">Another process has it.</exception>
    public void Take()
    {
        directory.Lock();
        if (_database is not null || FindFile() is not { } file)
            return;
        _database = LockFile.TryHold(file + ".lock")
            ?? throw new StartRefusedException($"Another ProxyPortal is using the database {file}. Stop it first, or give this one a ConnectionStrings:Portal of its own.");
    }

    public void Dispose() => _database?.Dispose();

    // Two names of one file have one lock.
    private string? FindFile()
    {
        using PortalDbContext db = contexts.CreateDbContext();
        return SqliteFile.Find(db) is not { } file ? null : !File.Exists(file) ? file : File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
    }
}
