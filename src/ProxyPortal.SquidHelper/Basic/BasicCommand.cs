using System.CommandLine;
using ProxyPortal.SquidHelper.Options;

namespace ProxyPortal.SquidHelper.Basic;

/// <summary><c>auth_param basic program … basic …</c></summary>
internal static class BasicCommand
{
    public static Command Create()
    {
        HelperOptions options = new(cacheTtl: 60, negativeTtl: 10);
        Command command = new("basic", "auth_param basic: verifies user and password. Lines are [channel-ID] user password [address port].");
        options.AddTo(command);
        options.AddDeferralTo(command);
        command.SetAction(parsed => options.TryRead(parsed, out HelperSettings? settings, out string fault)
            ? Run(settings!)
            : Stderr.Refuse(fault));
        return command;
    }

    private static int Run(HelperSettings settings)
    {
        foreach (PortalUrl portal in settings.Portals.Where(portal => portal.IsClearText))
            Stderr.Write($"{portal.Text} sends passwords over the network in clear text: use https.");

        Stderr stderr = new(TimeProvider.System);
        ReplyOutput output = new(Console.OpenStandardOutput());
        using LineAnswers answers = new(settings, new BasicKind(settings, stderr), TimeProvider.System, output, stderr);
        return HelperLoop.Run(Console.OpenStandardInput(), answers);
    }
}
