using ProxyPortal.Hosting;
using ProxyPortal.Links;
using ProxyPortal.Settings;

namespace ProxyPortal.Account.FirstRun;

/// <summary>The last lines on the console after a start: where everything is and, as long as there is no administrator, the link that
/// makes one.</summary>
internal sealed class FirstRunNotice(FirstRunService firstRun, SettingsService settings, Listeners listeners, IConfiguration configuration)
{
    public async Task PrintAsync(TextWriter output, CancellationToken cancellationToken)
    {
        string portal = PortalUrl();
        string? link = null;
        if (!await firstRun.HasAdministratorAsync(cancellationToken))
        {
            IssuedLink issued = await firstRun.IssueLinkAsync(cancellationToken);
            link = portal + issued.Url[settings.Current.PublicUrl.Length..];
        }
        string text = link is null ? "" : $"""

            There is no administrator yet. Open this link to create one; it works once, for {OneTimeLinks.SetupLifetime.TotalHours:0} hours:

              {link}

            """;
        await output.WriteLineAsync($"{text}{Environment.NewLine}Portal  {portal}{Environment.NewLine}Verify  {VerifyUrl()}");
        await output.FlushAsync(cancellationToken);
    }

    // As long as nobody has said what the portal is called, the address it really listens on is the best guess.
    private string PortalUrl() => settings.Current.PublicUrl == SettingsService.DefaultPublicUrl && !settings.IsPublicUrlFixed && listeners.Portal is { } endPoint
        ? $"{SchemeOf("Portal")}://localhost:{endPoint.Port}" : settings.Current.PublicUrl;

    private string VerifyUrl() => listeners.Verify is { } endPoint ? $"{SchemeOf("Verify")}://{endPoint}" : listeners.Describe("Verify");

    private string SchemeOf(string name) =>
        configuration[$"Kestrel:Endpoints:{name}:Url"]?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) is true ? "https" : "http";
}
