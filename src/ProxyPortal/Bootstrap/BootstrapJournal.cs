using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Data;

namespace ProxyPortal.Bootstrap;

/// <summary>Counts and audits what a file created and changed.</summary>
internal sealed class BootstrapJournal(PortalDbContext db, AuditTrail audit)
{
    public int CreatedCount { get; private set; }

    public int ChangedCount { get; private set; }

    public bool Any => CreatedCount + ChangedCount > 0;

    /// <summary>Whether there is anything to save, also what is nobody's concern.</summary>
    public bool HasChanges { get; private set; }

    /// <summary>Something is to be saved of which nothing is told.</summary>
    public void Note() => HasChanges = true;

    /// <param name="action">What happened.</param>
    /// <param name="target">Null when the entry of something else tells of it already.</param>
    /// <param name="after">Its fields.</param>
    public void Created(string action, AuditTarget? target, object after)
    {
        CreatedCount++;
        HasChanges = true;
        if (target is not null)
            audit.Add(db, Actor.Portal, action, target, after: after);
    }

    public void Changed(string action, AuditTarget target, object? before, object? after)
    {
        ChangedCount++;
        HasChanges = true;
        audit.Add(db, Actor.Portal, action, target, before, after);
    }

    /// <summary>One entry, if there was anything to tell: the states are records and compare by what they hold.</summary>
    public void Saved(bool isNew, string created, string changed, AuditTarget target, object before, object after)
    {
        if (isNew)
            Created(created, target, after);
        else if (!before.Equals(after))
            Changed(changed, target, before, after);
    }

    /// <summary>The entry for the file as a whole.</summary>
    public void Close(string file)
    {
        if (Any)
            audit.Add(db, Actor.Portal, AuditAction.BootstrapApplied, new AuditTarget("bootstrap", null, Path.GetFileName(file)), after: new { Created = CreatedCount, Changed = ChangedCount });
    }
}
