using ProxyPortal.Benchmarks.Load;
using ProxyPortal.Benchmarks.Reporting;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Running;

/// <summary>What every verb does around its measurement: it prints what was found, and says in one message why it could not.</summary>
internal static class Verb
{
    public static async Task<int> RunAsync(Func<Task<IReadOnlyList<Finding>>> measure)
    {
        try
        {
            FindingTable.Write(Console.Out, await measure());
            return 0;
        }
        catch (Exception failure) when (failure is WrongAnswerException or ServerStartException or TimeoutException or IOException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }
}
