using System.Net;
using System.Text;
using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Peers;

/// <summary>nginx <c>auth_basic</c> in front of a small static file: one process, kept-alive connections, no log.</summary>
internal sealed class NginxCase(string name, Func<AccountSet, PeerUsers> choose, Func<string, string> store) : PeerCase(name, "nginx", choose)
{
    public override Dialect Dialect { get; } = new StatusDialect(rejected: 401);

    protected override async Task<IReadOnlyList<string>> ConfigureAsync(PeerUsers users, string folder, IPEndPoint address, CancellationToken cancellation)
    {
        await File.WriteAllLinesAsync(Path.Combine(folder, "users"), users.All.Select(user => $"{user.UserId}:{store(user.Password)}"), cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "ok"), "ok\n", cancellation);
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            daemon off;
            master_process off;
            pid {{folder}}/nginx.pid;
            error_log /dev/null crit;
            events { worker_connections 1024; }
            http {
                access_log off;
                keepalive_requests 1000000000;
                open_file_cache max=10;
                client_body_temp_path {{folder}}/t1; proxy_temp_path {{folder}}/t2; fastcgi_temp_path {{folder}}/t3;
                uwsgi_temp_path {{folder}}/t4; scgi_temp_path {{folder}}/t5;
                server {
                    listen {{address}};
                    root {{folder}};
                    location = /ok { auth_basic "Benchmark"; auth_basic_user_file users; }
                }
            }

            """, cancellation);
        return [Executable, "-p", folder, "-c", configuration];
    }

    protected override PreparedRequest Request(string userId, string password, Verdict expected, int number) => new(
        Encoding.ASCII.GetBytes($"GET /ok HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userId}:{password}"))}\r\n\r\n"), expected);
}
