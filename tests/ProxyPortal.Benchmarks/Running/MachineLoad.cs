using System.Globalization;

namespace ProxyPortal.Benchmarks.Running;

/// <summary>Processor time of everything on the machine, to notice others who work on the cores that are measured.</summary>
internal static class MachineLoad
{
    private const int TicksPerSecond = 100;

    // /proc/stat: user nice system idle iowait irq softirq steal; what follows is contained in user and nice.
    private static readonly int[] BusyColumns = [1, 2, 3, 6, 7, 8];

    public static TimeSpan BusyTime()
    {
        var columns = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var ticks = BusyColumns.Sum(column => long.Parse(columns[column], CultureInfo.InvariantCulture));
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }
}
