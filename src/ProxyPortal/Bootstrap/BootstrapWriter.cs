using ProxyPortal.ApiTokens;
using ProxyPortal.Audit;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.Proxies;

namespace ProxyPortal.Bootstrap;

/// <summary>Brings tokens, policies, proxies and groups to what the file says. Touches nothing that is already so.</summary>
internal sealed class BootstrapWriter(PortalDbContext db, BootstrapState state, BootstrapJournal journal, DateTimeOffset now)
{
    public void Write(BootstrapFile file)
    {
        file.ApiTokens.ForEach(Write);
        file.ExpiryPolicies.ForEach(Write);
        file.Proxies.ForEach(Write);
        file.Groups.ForEach(Write);
    }

    private void Write(BootstrapApiToken wanted)
    {
        byte[] digest = SecretDigests.OfKey(wanted.Token);
        if (!state.Tokens.TryGetValue(wanted.Name, out ApiToken? token))
        {
            db.ApiTokens.Add(token = new ApiToken { Name = wanted.Name, Digest = digest, Hint = GeneratedSecret.Hint(wanted.Token), Scopes = [.. wanted.Scopes], CreatedAt = now });
            journal.Created(AuditAction.ApiTokenCreated, new AuditTarget("api_token", token.Id, token.Name), new { token.Hint, token.Scopes });
            return;
        }
        bool sameToken = token.Digest.AsSpan().SequenceEqual(digest);
        if (sameToken && token.Scopes.SequenceEqual(wanted.Scopes))
            return;
        object before = new { token.Hint, token.Scopes };
        if (!sameToken)
            (token.Digest, token.Hint, token.ExpiresAt, token.RevokedAt) = (digest, GeneratedSecret.Hint(wanted.Token), null, null);
        token.Scopes = [.. wanted.Scopes];
        journal.Changed(AuditAction.ApiTokenChanged, new AuditTarget("api_token", token.Id, token.Name), before, new { token.Hint, token.Scopes, TokenReplaced = !sameToken });
    }

    private void Write(BootstrapExpiryPolicy wanted)
    {
        bool isNew = !state.Policies.TryGetValue(wanted.Name, out ExpiryPolicy? policy);
        if (isNew)
            db.ExpiryPolicies.Add(state.Policies[wanted.Name] = policy = new ExpiryPolicy { Name = wanted.Name });
        ExpiryPolicySnapshot before = ExpiryPolicySnapshot.Of(policy!);
        ExpiryPolicyFields.Apply(policy!, wanted.Patch.Over(ExpiryPolicyInput.Of(policy!)));
        if (policy!.IsDefault)
            state.Policies.Values.Where(other => other.IsDefault && other.Id != policy.Id).ToList().ForEach(EndDefault);
        journal.Saved(isNew, AuditAction.ExpiryPolicyCreated, AuditAction.ExpiryPolicyChanged, new AuditTarget("expiry_policy", policy.Id, policy.Name), before, ExpiryPolicySnapshot.Of(policy));
    }

    // One default at most: the file's takes the place of the former.
    private void EndDefault(ExpiryPolicy former)
    {
        ExpiryPolicySnapshot before = ExpiryPolicySnapshot.Of(former);
        former.IsDefault = false;
        journal.Changed(AuditAction.ExpiryPolicyChanged, new AuditTarget("expiry_policy", former.Id, former.Name), before, ExpiryPolicySnapshot.Of(former));
    }

    private void Write(BootstrapGroup wanted)
    {
        bool isNew = !state.Groups.TryGetValue(wanted.Name, out Group? group);
        if (isNew)
            db.Groups.Add(state.Groups[wanted.Name] = group = new Group { Name = wanted.Name });
        GroupSnapshot before = GroupSnapshot.Of(group!, PolicyOf(group!));
        GroupInput input = wanted.Patch.Over(GroupInput.Of(group!, PolicyOf(group!)));
        GroupFields.Apply(group!, input, [.. input.Endpoints.Distinct(StringComparer.Ordinal).Select(name => state.Endpoints[name])], input.ExpiryPolicy is { } policy ? state.Policies[policy] : null);
        journal.Saved(isNew, AuditAction.GroupCreated, AuditAction.GroupChanged, new AuditTarget("group", group!.Id, group.Name), before, GroupSnapshot.Of(group, PolicyOf(group)));
    }

    private string? PolicyOf(Group group) => state.Policies.Values.FirstOrDefault(policy => policy.Id == group.ExpiryPolicyId)?.Name;

    private void Write(BootstrapProxy wanted)
    {
        bool isNew = !state.Proxies.TryGetValue(wanted.Name, out Proxy? proxy);
        if (isNew)
            db.Proxies.Add(state.Proxies[wanted.Name] = proxy = new Proxy { Name = wanted.Name, Realm = "", CreatedAt = now });
        ProxyState before = new(proxy!.Name, proxy.Realm);
        proxy.Realm = wanted.Realm.Value?.Trim() ?? proxy.Realm;
        var target = new AuditTarget("proxy", proxy.Id, proxy.Name);
        journal.Saved(isNew, AuditAction.ProxyCreated, AuditAction.ProxyChanged, target, before, new ProxyState(proxy.Name, proxy.Realm));
        foreach (BootstrapEndpoint endpoint in wanted.Endpoints)
            Write(proxy, endpoint);
        if (wanted.CallerKey is { } key)
            WriteKey(proxy, key, target);
    }

    private void Write(Proxy proxy, BootstrapEndpoint wanted)
    {
        bool isNew = !state.Endpoints.TryGetValue(wanted.Input.Name, out ProxyEndpoint? endpoint);
        if (isNew)
            db.ProxyEndpoints.Add(state.Endpoints[wanted.Input.Name] = endpoint = new ProxyEndpoint { ProxyId = proxy.Id, Name = wanted.Input.Name, Host = "" });
        EndpointState before = EndpointState.Of(endpoint!);
        (endpoint!.Host, endpoint.Port, endpoint.Transport, endpoint.Schemes) = (wanted.Address.Host, wanted.Address.Port, wanted.Address.Transport, wanted.Input.Schemes);
        endpoint.TlsName = endpoint.Transport is not ProxyTransport.Https ? null : wanted.TlsName.IsNamed ? ProxyInputRules.TlsNameOf(wanted.TlsName.Value) : endpoint.TlsName;
        endpoint.TlsFingerprint = endpoint.Transport is not ProxyTransport.Https ? null : wanted.TlsFingerprint.IsNamed ? ProxyInputRules.TlsFingerprintOf(wanted.TlsFingerprint.Value) : endpoint.TlsFingerprint;
        endpoint.Visibility = wanted.Visibility ?? endpoint.Visibility;
        journal.Saved(isNew, AuditAction.EndpointCreated, AuditAction.EndpointChanged, new AuditTarget("endpoint", endpoint.Id, endpoint.Name), before, EndpointState.Of(endpoint));
    }

    private void WriteKey(Proxy proxy, string key, AuditTarget target)
    {
        byte[] digest = SecretDigests.OfKey(key);
        // A key that was revoked stays so, although the file still names it: it may have been revoked because it leaked.
        if (proxy.CallerKeys.Any(row => row.Digest.AsSpan().SequenceEqual(digest)))
            return;
        List<CallerKey> valid = [.. proxy.CallerKeys.Where(row => row.RevokedAt is null).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)];
        foreach (CallerKey oldest in valid.Take(valid.Count + 1 - CallerKey.MaxValid))
        {
            oldest.RevokedAt = now;
            journal.Changed(AuditAction.CallerKeyRevoked, target, new { oldest.Hint }, null);
        }
        var added = new CallerKey { ProxyId = proxy.Id, Digest = digest, Hint = GeneratedSecret.Hint(key), CreatedAt = now };
        db.CallerKeys.Add(added);
        journal.Created(AuditAction.CallerKeyIssued, target, new { added.Hint });
    }

    private sealed record ProxyState(string Name, string Realm);

    private sealed record EndpointState(string Name, string Host, int Port, string Transport, string Schemes, string? TlsName, string? TlsFingerprint, string Visibility)
    {
        public static EndpointState Of(ProxyEndpoint row) => new(row.Name, row.Host, row.Port, row.Transport.ToString(), string.Join(' ', AuthScheme.Names(row.Schemes)), row.TlsName, row.TlsFingerprint, row.Visibility.ToString());
    }
}
