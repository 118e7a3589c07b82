using Microsoft.AspNetCore.Components;
using ProxyPortal.Components.Theme;
using ProxyPortal.Publishing.Pac;
using ProxyPortal.Settings;

namespace ProxyPortal.Publishing;

/// <summary>Where the proxies are that the reader may use, to be copied or printed: readable without an account as far as it is published, and without a circuit.</summary>
public partial class ConnectPage
{
    private IReadOnlyList<ConnectEndpoint> _endpoints = [];
    private Uri? _asked;
    private string? _fault;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    /// <summary>An address of which the reader asks what the PAC file does with it.</summary>
    [SupplyParameterFromQuery(Name = "url")]
    public string? Url { get; set; }

    [Inject]
    public required ConnectService Connect { get; init; }

    [Inject]
    internal PublishedEndpoints Published { get; init; } = null!;

    [Inject]
    internal PublishedFiles Files { get; init; } = null!;

    [Inject]
    internal PublishedPac PacFiles { get; init; } = null!;

    [Inject]
    public required SettingsService Settings { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>The default one is the file above.</summary>
    private IEnumerable<PacProfile> Others => PacFiles.Profiles.Where(profile => !profile.IsDefault);

    private bool IsStranger => PublishedAnswers.ReaderOf(HttpContext).Id is null;

    protected override async Task OnInitializedAsync()
    {
        _endpoints = await Connect.ListAsync(PublishedAnswers.ReaderOf(HttpContext), HttpContext.RequestAborted);
        if (!string.IsNullOrWhiteSpace(Url))
            Ask(Url.Trim());
    }

    private void Ask(string text)
    {
        _asked = PacQuestion.Read(text);
        if (_asked is null)
            _fault = T["This is not the address of a page. Write it as in https://www.example.org/."];
        else if (_asked.UserInfo.Length > 0)
            // A secret in it decides nothing, and must stay neither in the page nor in the address bar.
            Navigation.NavigateTo($"{PortalUrls.Connect}?url={Uri.EscapeDataString(new UriBuilder(_asked) { UserName = "", Password = "" }.Uri.AbsoluteUri)}");
    }

    private StatusTone Tone(DateTimeOffset? last) => EndpointState.Of(last, Time.GetUtcNow()) switch
    {
        EndpointStatus.Answering => StatusTone.Well,
        EndpointStatus.Silent => StatusTone.Soon,
        EndpointStatus.Never => StatusTone.Neutral,
    };

    private string State(DateTimeOffset? last) => EndpointState.Of(last, Time.GetUtcNow()) switch
    {
        EndpointStatus.Answering => T["In use"],
        EndpointStatus.Silent => T["Quiet for an hour"],
        EndpointStatus.Never => T["Not used yet"],
    };
}
