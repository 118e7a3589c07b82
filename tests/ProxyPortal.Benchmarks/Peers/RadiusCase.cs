using System.Net;
using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Peers;

/// <summary>FreeRADIUS: PAP against clear text in a users file, which it keeps in memory. Nothing else is configured.</summary>
internal sealed class RadiusCase(string name, Func<AccountSet, PeerUsers> choose) : PeerCase(name, "freeradius", choose)
{
    public override Dialect Dialect { get; } = new RadiusDialect();

    protected override async Task<IReadOnlyList<string>> ConfigureAsync(PeerUsers users, string folder, IPEndPoint address, CancellationToken cancellation)
    {
        await File.WriteAllLinesAsync(Path.Combine(folder, "users"), users.All.Select(user => $"{user.UserId} Cleartext-Password := \"{user.Password}\""), cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "dictionary"), "", cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "radiusd.conf"), $$"""
            prefix = /usr
            localstatedir = {{folder}}
            logdir = {{folder}}
            run_dir = {{folder}}
            libdir = /usr/lib/freeradius
            pidfile = {{folder}}/radiusd.pid
            max_requests = 16384
            cleanup_delay = 0
            hostname_lookups = no
            log {
                destination = files
                file = {{folder}}/radius.log
                auth = no
            }
            security {
                max_attributes = 200
                reject_delay = 0
                status_server = no
                allow_vulnerable_openssl = yes
            }
            thread pool {
                start_servers = 4
                max_servers = 8
                min_spare_servers = 1
                max_spare_servers = 8
                max_requests_per_server = 0
            }
            modules {
                pap {
                }
                files {
                    usersfile = {{folder}}/users
                }
            }
            client bench {
                ipaddr = 127.0.0.1
                secret = {{RadiusDialect.Secret}}
            }
            server default {
                listen {
                    type = auth
                    ipaddr = {{address.Address}}
                    port = {{address.Port}}
                }
                authorize {
                    files
                    pap
                }
                authenticate {
                    Auth-Type PAP {
                        pap
                    }
                }
            }

            """, cancellation);
        return [Executable, "-f", "-d", folder, "-n", "radiusd"];
    }

    protected override PreparedRequest Request(string userId, string password, Verdict expected, int number) =>
        new(RadiusDialect.Request((byte)number, userId, password), expected);
}
