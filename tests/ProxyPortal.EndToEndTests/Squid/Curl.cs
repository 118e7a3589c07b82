using System.Diagnostics;
using System.Globalization;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>What curl saw: the proxy's own status for a tunnel, the response's otherwise; and the body that curl would show.</summary>
internal sealed record CurlAnswer(int Status, string Headers, string Body);

/// <summary>A real curl through the proxy.</summary>
internal static class Curl
{
    /// <param name="proxyPort">Where the proxy listens.</param>
    /// <param name="url">What to fetch.</param>
    /// <param name="user">Login name and password, or null for none. They travel by a configuration on standard input, never by argument.</param>
    /// <param name="tunnel">CONNECT first, as for https.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="headers">Header lines to send as well.</param>
    public static async Task<CurlAnswer> GetAsync(int proxyPort, Uri url, (string Login, string Password)? user, bool tunnel, CancellationToken cancellationToken, IEnumerable<string>? headers = null)
    {
        string body = Path.GetTempFileName();
        var start = new ProcessStartInfo("curl") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = ["--silent", "--max-time", "20", "--output", body, "--dump-header", "-", "--write-out", "\nstatus=%{http_code} connect=%{http_connect}\n",
            "--proxy", $"http://127.0.0.1:{proxyPort}", "--noproxy", "", "--config", "-", .. tunnel ? (string[])["--proxytunnel"] : [], .. (headers ?? []).SelectMany(header => (string[])["--header", header]), url.ToString()];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process curl = Process.Start(start)!;
        if (user is { } known)
            await curl.StandardInput.WriteLineAsync($"proxy-user = \"{Quote(known.Login)}:{Quote(known.Password)}\"");
        curl.StandardInput.Close();
        string output = await curl.StandardOutput.ReadToEndAsync(cancellationToken);
        await curl.WaitForExitAsync(cancellationToken);
        string[] figures = output[output.LastIndexOf("status=", StringComparison.Ordinal)..].Trim().Split(' ', '=');
        int status = int.Parse(figures[1], CultureInfo.InvariantCulture);
        int connect = int.Parse(figures[3], CultureInfo.InvariantCulture);
        string shown = await File.ReadAllTextAsync(body, cancellationToken);
        File.Delete(body);
        return new CurlAnswer(tunnel && connect != 200 ? connect : status, output, shown);
    }

    // libcurl decodes %XX in a proxy's user and password (CURLOPT_PROXYUSERPWD), so a % has to be written as %25.
    private static string Quote(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
