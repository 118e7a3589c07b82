using ProxyPortal.Credentials;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Proxies;

namespace ProxyPortal.Bootstrap;

/// <summary>What only the whole shows: names and keys given twice, and references to what is neither in the file nor in the database.</summary>
internal sealed class BootstrapChecks(BootstrapFile file, BootstrapState state, BootstrapFaults faults)
{
    public void Run()
    {
        CheckNames();
        CheckKeys();
        CheckReferences();
        CheckEndpoints();
        CheckPolicies();
        foreach (BootstrapProxy proxy in file.Proxies.Where(proxy => proxy.Realm.Value is null && (proxy.Realm.IsNamed || !state.Proxies.ContainsKey(proxy.Name))))
            faults.Add($"{proxy.Path}.realm", "is missing.");
        foreach (BootstrapUser user in file.Users.Where(user => user.IsAdministrator && user.Password is null && state.Users.GetValueOrDefault(user.Input.UserId)?.PasswordHash is null))
        {
            if (!faults.All.Any(fault => fault.StartsWith($"{user.Path}.password", StringComparison.Ordinal)))
                faults.Add($"{user.Path}.password", "is missing: a new administrator needs one.");
        }
    }

    private void CheckNames()
    {
        Twice(file.ApiTokens, token => token.Name, token => $"{token.Path}.name");
        Twice(file.ExpiryPolicies, policy => policy.Name, policy => $"{policy.Path}.name");
        Twice(file.Groups, group => group.Name, group => $"{group.Path}.name");
        Twice(file.Proxies, proxy => proxy.Name, proxy => $"{proxy.Path}.name");
        Twice(file.Proxies.SelectMany(proxy => proxy.Endpoints), endpoint => endpoint.Input.Name, endpoint => $"{endpoint.Path}.name");
        Twice(file.Users, user => user.Input.UserId, user => $"{user.Path}.userId", " (capital and small letters are the same)");
    }

    private void Twice<T>(IEnumerable<T> things, Func<T, string> name, Func<T, string> path, string hint = "")
    {
        foreach (T second in things.GroupBy(name, StringComparer.Ordinal).SelectMany(same => same.Skip(1)))
            faults.Add(path(second), $"{name(second)} is named twice{hint}.");
    }

    // A key says who is calling, so two callers cannot share one.
    private void CheckKeys()
    {
        foreach (BootstrapProxy second in file.Proxies.Where(proxy => proxy.CallerKey is not null).GroupBy(proxy => proxy.CallerKey).SelectMany(same => same.Skip(1)))
            faults.Add($"{second.Path}.callerKey", "is the key of another proxy too. Every proxy needs its own.");
        foreach (BootstrapApiToken second in file.ApiTokens.GroupBy(token => token.Token, StringComparer.Ordinal).SelectMany(same => same.Skip(1)))
            faults.Add($"{second.Path}.token", "is another token too.");
        Dictionary<string, string> owners = state.Proxies.Values.SelectMany(proxy => proxy.CallerKeys.Select(key => (Digest: Convert.ToHexString(key.Digest), proxy.Name)))
            .ToDictionary(key => key.Digest, key => key.Name, StringComparer.Ordinal);
        foreach (BootstrapProxy proxy in file.Proxies.Where(proxy => proxy.CallerKey is not null))
        {
            if (owners.TryGetValue(Convert.ToHexString(SecretDigests.OfKey(proxy.CallerKey!)), out string? owner) && owner != proxy.Name)
                faults.Add($"{proxy.Path}.callerKey", $"is or was a key of the proxy {owner}.");
        }
        Dictionary<string, string> tokens = state.Tokens.Values.ToDictionary(token => Convert.ToHexString(token.Digest), token => token.Name, StringComparer.Ordinal);
        foreach (BootstrapApiToken token in file.ApiTokens)
        {
            if (tokens.TryGetValue(Convert.ToHexString(SecretDigests.OfKey(token.Token)), out string? owner) && owner != token.Name)
                faults.Add($"{token.Path}.token", $"is the token {owner} already.");
        }
    }

    private void CheckReferences()
    {
        HashSet<string> policies = [.. state.Policies.Keys, .. file.ExpiryPolicies.Select(policy => policy.Name)];
        HashSet<string> groups = [.. state.Groups.Keys, .. file.Groups.Select(group => group.Name)];
        HashSet<string> endpoints = [.. state.Endpoints.Keys, .. file.Proxies.SelectMany(proxy => proxy.Endpoints).Select(endpoint => endpoint.Input.Name)];
        foreach (BootstrapGroup group in file.Groups)
        {
            if (group.Patch.ExpiryPolicy.Value is { } policy && !policies.Contains(policy))
                faults.Add($"{group.Path}.expiryPolicy", $"there is no expiry policy {policy}.");
            foreach (string endpoint in group.Patch.Endpoints.Value?.Where(name => !endpoints.Contains(name)) ?? [])
                faults.Add($"{group.Path}.endpoints", $"there is no endpoint {endpoint}.");
        }
        foreach (BootstrapUser user in file.Users)
        {
            foreach (string group in user.Groups.Value?.Where(name => !groups.Contains(name)) ?? [])
                faults.Add($"{user.Path}.groups", $"there is no group {group}.");
            foreach (BootstrapDevice device in user.Devices)
            {
                foreach (string endpoint in device.Endpoints.Value?.Where(name => !endpoints.Contains(name)) ?? [])
                    faults.Add($"{device.Path}.endpoints", $"there is no endpoint {endpoint}.");
            }
        }
    }

    private void CheckPolicies()
    {
        foreach (BootstrapExpiryPolicy policy in file.ExpiryPolicies)
        {
            // With what stays of the fields that the file does not name.
            ExpiryPolicyInput input = policy.Patch.Over(state.Policies.GetValueOrDefault(policy.Name) is { } row ? ExpiryPolicyInput.Of(row) : new ExpiryPolicyInput { Name = policy.Name });
            if ((ExpiryPolicyInputRules.CheckHolidays(input) ?? ExpiryPolicyInputRules.CheckTogether(input)) is { } fault)
                faults.Add($"{policy.Path}.{fault.Field}", fault.Message);
        }
        foreach (BootstrapExpiryPolicy second in file.ExpiryPolicies.Where(policy => policy.Patch.IsDefault.Value is true).Skip(1))
            faults.Add($"{second.Path}.default", "there is another default policy in the file.");
    }

    private void CheckEndpoints()
    {
        Dictionary<Guid, string> proxies = state.Proxies.Values.ToDictionary(proxy => proxy.Id, proxy => proxy.Name);
        var named = file.Proxies.SelectMany(proxy => proxy.Endpoints.Select(endpoint => (Proxy: proxy.Name, Endpoint: endpoint))).ToList();
        foreach ((string proxy, BootstrapEndpoint endpoint) in named)
        {
            if (state.Endpoints.TryGetValue(endpoint.Input.Name, out ProxyEndpoint? row) && proxies[row.ProxyId] is var owner && owner != proxy)
                faults.Add($"{endpoint.Path}.name", $"{endpoint.Input.Name} is an endpoint of the proxy {owner}.");
        }
        HashSet<string> names = [.. named.Select(entry => entry.Endpoint.Input.Name)];
        HashSet<(string, int)> taken = [.. state.Endpoints.Values.Where(row => !names.Contains(row.Name)).Select(row => (row.Host, row.Port))];
        foreach ((_, BootstrapEndpoint endpoint) in named)
        {
            if (!taken.Add((endpoint.Address.Host, endpoint.Address.Port)))
                faults.Add($"{endpoint.Path}.host", $"there is another endpoint at {endpoint.Address}.");
        }
    }
}
