namespace ProxyPortal.Benchmarks.Squid;

/// <summary>What a Squid asks for a user: the helper's command, how many of them, and for how long Squid itself remembers.</summary>
/// <param name="Command">The helper's command line; null for no authentication.</param>
/// <param name="Children">What stands behind <c>children</c>.</param>
/// <param name="CredentialsTtl">Seconds.</param>
internal sealed record SquidAuthentication(IReadOnlyList<string>? Command, string Children, int CredentialsTtl)
{
    public static SquidAuthentication None { get; } = new(null, "", 0);

    /// <summary>A helper that takes one line at a time, so Squid starts several.</summary>
    public static SquidAuthentication OneByOne(IReadOnlyList<string> command, int credentialsTtl) => new(command, "4 startup=4 idle=1 queue-size=1000", credentialsTtl);

    /// <summary>Our helper, as docs/integrations/squid.md has it.</summary>
    public static SquidAuthentication Concurrent(IReadOnlyList<string> command, int credentialsTtl) =>
        new(command, $"4 startup=1 idle=1 concurrency={Helper.PortalHelper.Concurrency} queue-size=1000 on-persistent-overload=ERR", credentialsTtl);

    public string Lines => Command is null
        ? "http_access allow all"
        : $"""
            auth_param basic program {string.Join(' ', Command)}
            auth_param basic children {Children}
            auth_param basic realm Benchmark
            auth_param basic utf8 on
            auth_param basic credentialsttl {CredentialsTtl} seconds
            authenticate_ttl 5 minutes
            authenticate_cache_garbage_interval 1 minute
            acl known proxy_auth REQUIRED
            http_access deny !known
            http_access allow known
            http_access deny all
            """;
}
