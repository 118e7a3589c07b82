using System.CommandLine;
using ProxyPortal.Benchmarks.Attack;
using ProxyPortal.Benchmarks.Bulk;
using ProxyPortal.Benchmarks.Helper;
using ProxyPortal.Benchmarks.Index;
using ProxyPortal.Benchmarks.Lists;
using ProxyPortal.Benchmarks.Notices;
using ProxyPortal.Benchmarks.Peers;
using ProxyPortal.Benchmarks.Running;
using ProxyPortal.Benchmarks.Servers;
using ProxyPortal.Benchmarks.Squid;
using ProxyPortal.Benchmarks.Timing;

var root = new RootCommand("Load benchmarks of ProxyPortal. Started by tests/bench.sh, which builds, pins and cleans up.")
{
    VerifyCommand.Create(),
    BareCommand.Create(),
    IndexCommand.Create(),
    BulkCommand.Create(),
    ListsCommand.Create(),
    NoticesCommand.Create(),
    PeersCommand.Create(),
    AttackCommand.Create(),
    SquidCommand.Create(),
    HelperCommand.Create(),
    AllCommand.Create(),
    TimingCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
