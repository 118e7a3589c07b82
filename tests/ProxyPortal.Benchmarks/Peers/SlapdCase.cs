using System.Diagnostics;
using System.Net;
using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Load;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Peers;

/// <summary>OpenLDAP: a simple bind for each login, <c>{SSHA}</c> in an mdb database, on kept-alive connections.</summary>
internal sealed class SlapdCase(string name, Func<AccountSet, PeerUsers> choose) : PeerCase(name, "slapd", choose)
{
    private const string Suffix = "dc=bench";

    public override Dialect Dialect { get; } = new LdapDialect();

    protected override async Task<IReadOnlyList<string>> ConfigureAsync(PeerUsers users, string folder, IPEndPoint address, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        var configuration = Path.Combine(folder, "slapd.conf");
        await File.WriteAllTextAsync(configuration, $"""
            include /etc/ldap/schema/core.schema
            include /etc/ldap/schema/cosine.schema
            modulepath /usr/lib/ldap
            moduleload back_mdb
            pidfile {folder}/slapd.pid
            loglevel 0
            database mdb
            suffix "{Suffix}"
            directory {folder}/data
            maxsize 1073741824
            access to * by anonymous auth

            """, cancellation);
        var entries = Path.Combine(folder, "users.ldif");
        await File.WriteAllLinesAsync(entries,
            users.All.Select(user => $"dn: {NameOf(user.UserId)}\nobjectClass: account\nobjectClass: simpleSecurityObject\nuid: {user.UserId}\nuserPassword: {SaltedSha.Of(user.Password)}\n")
                .Prepend($"dn: {Suffix}\nobjectClass: domain\ndc: bench\n"), cancellation);
        await FillAsync(configuration, entries, cancellation);
        return [Executable, "-f", configuration, "-h", $"ldap://{address}", "-d", "0"];
    }

    protected override PreparedRequest Request(string userId, string password, Verdict expected, int number) => new(LdapDialect.Bind(NameOf(userId), password), expected);

    private static string NameOf(string userId) => $"uid={userId},{Suffix}";

    private static async Task FillAsync(string configuration, string entries, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Programs.Find("slapadd")!, ["-q", "-f", configuration, "-l", entries]) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0) throw new ServerStartException("slapadd could not fill the directory.", said);
    }
}
