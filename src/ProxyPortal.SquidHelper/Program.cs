// proxyportal-squid-helper: what Squid starts to ask the portal. The contract with Squid, in ten lines:
//
//  1. Squid writes one request per line to our standard input, RFC 1738 escaped: %XX only, '+' stays '+'.
//  2. With concurrency=N every line starts with a channel-ID; its reply starts with the same, in any order.
//  3. Every line gets exactly one reply line: OK, ERR or BH ("broken helper": nobody could tell), key=value pairs, free text.
//  4. A reply line leaves in ONE write, channel-ID included: Squid takes lone channel digits for a whole reply.
//  5. BH is asked again twice and then means 407. An outage must therefore cost microseconds: see Circuit.cs.
//  6. Squid waits for ever and remembers no failure: our own timeout and our own memory of rejections do that.
//  7. Only HTTP 200 with valid JSON and result "accepted" is OK. Whatever else happens lets nobody in.
//  8. A helper that dies young takes Squid with it: the portal being away is BH, never an exit. End of input is exit 0.
//  9. Standard error goes to Squid's cache.log: lines start with our name, are rare, and name cause and fix.
// 10. Secrets come from a file and from standard input, and go to the portal only: no argument, no log, no disk.

using System.CommandLine;
using ProxyPortal.SquidHelper;
using ProxyPortal.SquidHelper.Acl;
using ProxyPortal.SquidHelper.Basic;
using ProxyPortal.SquidHelper.Check;

// Answers are handled where they are seen: a thread pool between a socket and a line of text would cost more than both.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");
// Buffers of 32 KiB for TLS are needed one at a time: that thread alone reads.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXPARTITIONCOUNT", "1");
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION", "2");

RootCommand root = new("Asks ProxyPortal on behalf of Squid. Squid starts it; one subcommand per kind of helper.")
{
    BasicCommand.Create(),
    AclCommand.Create(),
    CheckCommand.Create(),
};

ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Errors.Count > 0)
    return Stderr.Refuse(string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct()));

// No handler for exceptions and none for signals: both would hold up an exit that Squid waits for.
return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
