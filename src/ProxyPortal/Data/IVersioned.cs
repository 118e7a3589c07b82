namespace ProxyPortal.Data;

/// <summary>An entity guarded against lost updates: two people who edit the same state cannot both win.</summary>
public interface IVersioned
{
    long Version { get; set; }
}

/// <summary>An entity that verification depends on: every change of it enters the <see cref="DirectoryChange"/> feed.</summary>
public interface IDirectoryEntry
{
    Guid Id { get; }
}
