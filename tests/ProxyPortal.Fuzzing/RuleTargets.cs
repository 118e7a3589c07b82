using System.Net;
using System.Text;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Core.Verification;
using static ProxyPortal.Fuzzing.FuzzTargets;

namespace ProxyPortal.Fuzzing;

internal static class RuleTargets
{
    /// <summary>Networks and hours that were read can be asked about; hours end after they began, and within a day.</summary>
    public static void AccessRules(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        if (SourceNetworks.Parse([text], "networks") is { Succeeded: true } networks)
        {
            Demand(!networks.Value.Contains(null), "an unknown address lies in no network");
            _ = networks.Value.Contains(IPAddress.Loopback);
            _ = networks.Value.Contains(IPAddress.IPv6Loopback);
        }
        if (AccessHours.Parse(text, "Europe/Berlin", "hours") is not { Succeeded: true } hours)
            return;
        for (long at = 0; at < 8 * TimeSpan.TicksPerDay; at += 7 * TimeSpan.TicksPerHour)
        {
            long until = hours.Value.OpenUntil(at);
            Demand(until >= at && until <= at + TimeSpan.TicksPerDay, "an end within a day");
            Demand(until == at || hours.Value.OpenUntil(until - 1) > until - 1, "open until its end");
        }
    }

    /// <summary>An address or a proxy's place that passes is written one way only.</summary>
    public static void Addresses(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        if (ClientAddress.TryParse(text, out IPAddress address))
            Demand(!address.IsIPv4MappedToIPv6 && ClientAddress.TryParse(address.ToString(), out IPAddress again) && again.Equals(address), "canonical");
        if (ProxyAddress.ParsePort(text) is { Succeeded: true } port)
            Demand(port.Value is >= 1 and <= 65535, "a port");
        if (ProxyAddress.ParseHost(text) is { Succeeded: true } host)
            Demand(ProxyAddress.ParseHost(host.Value) is { Succeeded: true } same && same.Value == host.Value, "a canonical host stays as it is");
    }
}
