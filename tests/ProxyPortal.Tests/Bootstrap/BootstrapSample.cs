namespace ProxyPortal.Tests.Bootstrap;

/// <summary>The file of the public contract.</summary>
internal static class BootstrapSample
{
    public const string Password = "a long enough passphrase";
    public const string DeviceSecret = "at-least-32-characters-of-random";

    public const string Json = """
        {
          "administrator": { "userId": "admin", "email": "admin@example.test", "password": "correct horse battery staple" },
          "apiTokens": [ { "name": "automation", "token": "at-least-32-characters-of-random", "scopes": ["*"] } ],
          "expiryPolicies": [ { "name": "contractors", "deviceSecretMaxAgeDays": 90, "idleDays": 30, "warnDays": [14, 7, 3, 1] } ],
          "groups": [ { "name": "staff", "endpoints": ["hq"], "schemes": ["Basic"], "expiryPolicy": "contractors" } ],
          "proxies": [ {
            "name": "hq-squid", "realm": "Example proxy", "callerKey": "at-least-32-characters-of-random",
            "endpoints": [ { "name": "hq", "host": "proxy.example.test", "port": 3128, "transport": "http", "schemes": ["Basic"] } ]
          } ],
          "users": [ { "userId": "alice", "displayName": "Alice", "email": "alice@example.test", "password": "a long enough passphrase",
                       "groups": ["staff"], "validUntil": "2027-12-31T00:00:00Z",
                       "devices": [ { "name": "laptop", "secret": "at-least-32-characters-of-random" } ] } ]
        }
        """;
}
