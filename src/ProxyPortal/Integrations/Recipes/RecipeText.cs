using System.Collections.Concurrent;
using System.Globalization;

namespace ProxyPortal.Integrations.Recipes;

/// <summary>What a recipe is filled with.</summary>
/// <param name="VerifyUrl">Where the proxy reaches the verify listener, <c>http://</c> or <c>https://</c> with a port.</param>
/// <param name="Endpoint">The endpoint's name.</param>
/// <param name="Port">Where users arrive.</param>
public sealed record RecipeValues(Uri VerifyUrl, string Endpoint, int Port);

/// <summary>The text of a recipe's file with the values of one proxy in the place of the documentation's own.</summary>
public static class RecipeText
{
    // The values that the documentation shows.
    private const string ShownAuthority = "127.0.0.1:5081";
    private const string ShownUrl = "http://" + ShownAuthority;
    private const string ShownEndpoint = "endpoint=hq";
    private const string ShownPort = ":3128";
    private static readonly ConcurrentDictionary<string, string> Pages = new(StringComparer.Ordinal);

    public static string Render(RecipeFile file, RecipeValues values)
    {
        if (file.Source is null)
            return "the caller key of this proxy\n";
        string text = Read(file);
        bool isTls = values.VerifyUrl.Scheme == Uri.UriSchemeHttps;
        string authority = values.VerifyUrl.Authority;
        // First what names the scheme, then what is left without one.
        text = text.Replace(ShownUrl, $"{values.VerifyUrl.Scheme}://{authority}", StringComparison.Ordinal)
            .Replace($"forward_auth {ShownAuthority}", $"forward_auth {(isTls ? "https://" : "")}{authority}", StringComparison.Ordinal)
            .Replace(ShownAuthority, authority, StringComparison.Ordinal)
            .Replace(ShownEndpoint, $"endpoint={Uri.EscapeDataString(values.Endpoint)}", StringComparison.Ordinal)
            .Replace(ShownPort, string.Create(CultureInfo.InvariantCulture, $":{values.Port}"), StringComparison.Ordinal);
        return isTls ? text.Replace("        proxy_pass http://proxyportal/", NginxTls(values.VerifyUrl.Host) + "        proxy_pass https://proxyportal/", StringComparison.Ordinal) : text;
    }

    private static string NginxTls(string host) => $"""
                proxy_ssl_verify on;
                proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;
                proxy_ssl_server_name on;
                proxy_ssl_name {host};

        """;

    private static string Read(RecipeFile file)
    {
        string page = Pages.GetOrAdd(file.Source!, static name =>
        {
            using Stream stream = typeof(RecipeText).Assembly.GetManifestResourceStream($"integrations/{name}")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd().ReplaceLineEndings("\n");
        });
        if (file.Block is null)
            return page;
        string fence = $"```{file.Block}\n";
        int start = page.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
