using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Data;
using ProxyPortal.Verification;

namespace ProxyPortal.Proxies;

/// <summary>Proxies and their endpoints; their keys are the work of <see cref="CallerKeyService"/>.</summary>
public sealed class ProxyService(IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit, CallerKeyService keys, VerificationActivity activity, TimeProvider time)
{
    public static Error NotFound { get; } = new("not_found", "There is no such proxy.");

    public static Error EndpointNotFound { get; } = new("not_found", "There is no such endpoint.");

    public static Error Conflict { get; } = new("conflict", "Someone else changed this proxy meanwhile. Look at the new state and try again.");

    public async Task<Result<IReadOnlyList<ProxySummary>>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadProxies, "list", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        List<Proxy> proxies = await db.Proxies.AsNoTracking().Include(proxy => proxy.Endpoints).Include(proxy => proxy.CallerKeys).OrderBy(proxy => proxy.Name).ToListAsync(cancellationToken);
        return proxies.Select(proxy => new ProxySummary(
            proxy.Id, proxy.Name, proxy.Realm, Describe(proxy.Endpoints), proxy.CallerKeys.Count(key => key.IsValid(now)), LastCall(proxy))).ToArray();
    }

    public async Task<Result<ProxyDetail>> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadProxies, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Proxy? proxy = await db.Proxies.AsNoTracking().Include(row => row.Endpoints).Include(row => row.CallerKeys).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return proxy is null ? NotFound : Describe(proxy);
    }

    public async Task<Result<EndpointDetail>> FindEndpointAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadProxies, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        List<ProxyEndpoint> found = await db.ProxyEndpoints.AsNoTracking().Where(row => row.Id == id).ToListAsync(cancellationToken);
        return found.Count == 0 ? EndpointNotFound : Describe(found)[0];
    }

    /// <summary>Creates a proxy with its first endpoint and its first caller key. Faults of the endpoint name their field as <c>endpoint.…</c>.</summary>
    public async Task<Result<CreatedProxy>> CreateAsync(Actor actor, ProxyInput input, EndpointInput endpoint, CancellationToken cancellationToken)
    {
        string name = input.Name;
        if (await access.RequireAsync(actor, Permission.EditProxies, name, cancellationToken) is { } refused)
            return refused;
        Result<ProxyAddress> address = ProxyInputRules.CheckEndpoint(endpoint);
        if ((ProxyInputRules.Check(input) ?? OfEndpoint(address.Error)) is { } fault)
            return fault;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Proxies.AnyAsync(row => row.Name == name, cancellationToken))
            return NameTaken(name);
        if (OfEndpoint(await FindTakenAsync(db, null, endpoint.Name, address.Value, cancellationToken)) is { } taken)
            return taken;
        var proxy = new Proxy { Name = name, Realm = "", CreatedAt = time.GetUtcNow() };
        Apply(proxy, input);
        db.Proxies.Add(proxy);
        audit.Add(db, actor, AuditAction.ProxyCreated, Target(proxy), after: Snapshot(proxy));
        AddEndpoint(db, actor, proxy, endpoint, address.Value);
        IssuedCallerKey key = keys.Add(db, actor, proxy, new CallerKeyInput());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (UniqueViolation.Caused(exception))
        {
            // Two at once: a unique index decided.
            return await db.Proxies.AnyAsync(row => row.Name == name, cancellationToken)
                ? NameTaken(name) : OfEndpoint(await FindTakenAsync(db, null, endpoint.Name, address.Value, cancellationToken)) ?? Conflict;
        }
        return new CreatedProxy(Describe(proxy), key);
    }

    public Task<Result> ChangeAsync(Actor actor, Guid id, ProxyInput input, long version, CancellationToken cancellationToken) =>
        UpdateAsync(actor, id, async (db, proxy) =>
        {
            if (ProxyInputRules.Check(input) is { } fault)
                return fault;
            if (proxy.Version != version)
                return Conflict;
            if (await db.Proxies.AnyAsync(row => row.Id != id && row.Name == input.Name, cancellationToken))
                return NameTaken(input.Name);
            object before = Snapshot(proxy);
            Apply(proxy, input);
            audit.Add(db, actor, AuditAction.ProxyChanged, Target(proxy), before, Snapshot(proxy));
            return null;
        }, cancellationToken);

    public Task<Result> DeleteAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        UpdateAsync(actor, id, async (db, proxy) =>
        {
            if (await FindBoundGroupAsync(db, [.. proxy.Endpoints.Select(endpoint => endpoint.Id)], cancellationToken) is { } inUse)
                return inUse;
            db.Proxies.Remove(proxy);
            audit.Add(db, actor, AuditAction.ProxyDeleted, Target(proxy), before: Snapshot(proxy));
            return null;
        }, cancellationToken);

    public Task<Result> AddEndpointAsync(Actor actor, Guid id, EndpointInput input, CancellationToken cancellationToken) =>
        UpdateAsync(actor, id, async (db, proxy) =>
        {
            Result<ProxyAddress> address = ProxyInputRules.CheckEndpoint(input);
            if ((address.Error ?? await FindTakenAsync(db, null, input.Name, address.Value, cancellationToken)) is { } fault)
                return fault;
            AddEndpoint(db, actor, proxy, input, address.Value);
            return null;
        }, cancellationToken);

    public Task<Result> ChangeEndpointAsync(Actor actor, Guid id, Guid endpointId, EndpointInput input, long version, CancellationToken cancellationToken) =>
        UpdateAsync(actor, id, async (db, proxy) =>
        {
            if (proxy.Endpoints.SingleOrDefault(row => row.Id == endpointId) is not { } endpoint)
                return NotFound;
            Result<ProxyAddress> address = ProxyInputRules.CheckEndpoint(input);
            if ((address.Error ?? await FindTakenAsync(db, endpointId, input.Name, address.Value, cancellationToken)) is { } fault)
                return fault;
            if (endpoint.Version != version)
                return Conflict;
            object before = Snapshot(endpoint);
            Apply(endpoint, input, address.Value);
            audit.Add(db, actor, AuditAction.EndpointChanged, Target(endpoint), before, Snapshot(endpoint));
            return null;
        }, cancellationToken);

    public Task<Result> RemoveEndpointAsync(Actor actor, Guid id, Guid endpointId, CancellationToken cancellationToken) =>
        UpdateAsync(actor, id, async (db, proxy) =>
        {
            if (proxy.Endpoints.SingleOrDefault(row => row.Id == endpointId) is not { } endpoint)
                return NotFound;
            if (await FindBoundGroupAsync(db, [endpointId], cancellationToken) is { } inUse)
                return inUse;
            db.ProxyEndpoints.Remove(endpoint);
            audit.Add(db, actor, AuditAction.EndpointDeleted, Target(endpoint), before: Snapshot(endpoint));
            return null;
        }, cancellationToken);

    private async Task<Result> UpdateAsync(Actor actor, Guid id, Func<PortalDbContext, Proxy, Task<Error?>> change, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditProxies, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Proxy? proxy = await db.Proxies.Include(row => row.Endpoints).Include(row => row.CallerKeys).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (proxy is null)
            return NotFound;
        if (await change(db, proxy) is { } error)
            return error;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || UniqueViolation.Caused(exception))
        {
            return Conflict;
        }
        return Result.Success;
    }

    private static Error NameTaken(string name) => new("name_taken", $"There is already a proxy {name}.", "name");

    private static Error? OfEndpoint(Error? fault) => fault is { Field: { } field } ? fault with { Field = $"endpoint.{field}" } : fault;

    // A group without endpoints may use all of them: taking away the last one it names would set its members free.
    private static async Task<Error?> FindBoundGroupAsync(PortalDbContext db, Guid[] going, CancellationToken cancellationToken) =>
        await db.Groups.Where(group => group.Endpoints.Any() && group.Endpoints.All(endpoint => going.Contains(endpoint.Id))).Select(group => group.Name)
            .FirstOrDefaultAsync(cancellationToken) is { } name
            ? new Error("endpoint_in_use", $"The group {name} may use nothing else. Give the group another endpoint first, or delete it.") : null;

    private static async Task<Error?> FindTakenAsync(PortalDbContext db, Guid? self, string name, ProxyAddress address, CancellationToken cancellationToken)
    {
        if (await db.ProxyEndpoints.AnyAsync(row => row.Id != self && row.Name == name, cancellationToken))
            return new Error("endpoint_name_taken", $"There is already an endpoint {name}.", "name");
        return await db.ProxyEndpoints.AnyAsync(row => row.Id != self && row.Host == address.Host && row.Port == address.Port, cancellationToken)
            ? new Error("endpoint_address_taken", $"There is already an endpoint at {address}.", "host") : null;
    }

    private void AddEndpoint(PortalDbContext db, Actor actor, Proxy proxy, EndpointInput input, ProxyAddress address)
    {
        var endpoint = new ProxyEndpoint { ProxyId = proxy.Id, Name = input.Name, Host = address.Host };
        Apply(endpoint, input, address);
        db.ProxyEndpoints.Add(endpoint);
        audit.Add(db, actor, AuditAction.EndpointCreated, Target(endpoint), after: Snapshot(endpoint));
    }

    private static void Apply(Proxy proxy, ProxyInput input) =>
        (proxy.Name, proxy.Realm, proxy.Location, proxy.Contact) = (input.Name, input.Realm.Trim(), TextOrNull(input.Location), TextOrNull(input.Contact));

    private static void Apply(ProxyEndpoint endpoint, EndpointInput input, ProxyAddress address)
    {
        (endpoint.Name, endpoint.Host, endpoint.Port, endpoint.Transport, endpoint.Schemes) = (input.Name, address.Host, address.Port, address.Transport, input.Schemes);
        endpoint.TlsName = ProxyInputRules.TlsNameOf(input.TlsName);
        endpoint.TlsFingerprint = ProxyInputRules.TlsFingerprintOf(input.TlsFingerprint);
        endpoint.Visibility = input.Visibility;
        endpoint.SchemeOrder = [.. AuthScheme.InOrder(input.Schemes, input.SchemeOrder)];
    }

    private static string? TextOrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private DateTimeOffset? LastCall(Proxy proxy) => activity.LastCallOf(proxy.Id) ?? proxy.LastCallAt;

    private ProxyDetail Describe(Proxy proxy) => new(
        proxy.Id, proxy.Name, proxy.Realm, proxy.Location, proxy.Contact, proxy.CreatedAt, LastCall(proxy), Describe(proxy.Endpoints),
        [.. proxy.CallerKeys.OrderByDescending(key => key.CreatedAt).Select(keys.Describe)],
        proxy.Version);

    private static EndpointDetail[] Describe(IEnumerable<ProxyEndpoint> endpoints) =>
        [.. endpoints.OrderBy(row => row.Name, StringComparer.Ordinal).Select(row => new EndpointDetail(row.Id, row.ProxyId, row.Name, row.Host, row.Port, row.Transport, row.Schemes, row.TlsName, row.Visibility, row.Version)
        {
            Challenges = string.Join(' ', AuthScheme.InOrder(row.Schemes, row.SchemeOrder)),
            TlsFingerprint = row.TlsFingerprint,
        })];

    private static AuditTarget Target(Proxy proxy) => new("proxy", proxy.Id, proxy.Name);

    private static AuditTarget Target(ProxyEndpoint endpoint) => new("endpoint", endpoint.Id, endpoint.Name);

    private static object Snapshot(Proxy row) => new { row.Name, row.Realm, row.Location, row.Contact };

    private static object Snapshot(ProxyEndpoint row) => new
    {
        row.Name,
        row.Host,
        row.Port,
        Transport = row.Transport.ToString(),
        Schemes = AuthScheme.InOrder(row.Schemes, row.SchemeOrder),
        row.TlsName,
        row.TlsFingerprint,
        Visibility = row.Visibility.ToString(),
    };
}
