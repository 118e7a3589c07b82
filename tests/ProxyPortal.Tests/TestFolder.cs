using System.Diagnostics;

namespace ProxyPortal.Tests;

internal static class TestFolder
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Deletes a host's folder. A reading that its page gave up may still be closing its connection, and SQLite may lay a file into the folder just then: it is deleted too.</summary>
    public static async Task DeleteAsync(string folder)
    {
        long since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (Directory.Exists(folder) && Stopwatch.GetElapsedTime(since) < Patience)
            {
                await Task.Yield();
            }
        }
    }
}
