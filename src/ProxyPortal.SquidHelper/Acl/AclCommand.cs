using System.CommandLine;
using ProxyPortal.SquidHelper.Options;

namespace ProxyPortal.SquidHelper.Acl;

/// <summary><c>external_acl_type … %ul %&gt;a %lp … acl …</c></summary>
internal static class AclCommand
{
    public static Command Create()
    {
        // Together with ttl=15 in squid.conf: a revocation holds within 30 seconds in all.
        HelperOptions options = new(cacheTtl: 15, negativeTtl: 5);
        Command command = new("acl", "external_acl_type, FORMAT %ul %>a %lp: may a user who has signed in still use the proxy? Lines are [channel-ID] user address port [arguments].");
        options.AddTo(command);
        command.SetAction(parsed => options.TryRead(parsed, out HelperSettings? settings, out string fault)
            ? Run(settings!)
            : Stderr.Refuse(fault));
        return command;
    }

    private static int Run(HelperSettings settings)
    {
        Stderr stderr = new(TimeProvider.System);
        ReplyOutput output = new(Console.OpenStandardOutput());
        using LineAnswers answers = new(settings, new AclKind(settings, stderr), TimeProvider.System, output, stderr);
        return HelperLoop.Run(Console.OpenStandardInput(), answers);
    }
}
