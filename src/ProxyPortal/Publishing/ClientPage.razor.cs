using Microsoft.AspNetCore.Components;
using ProxyPortal.Core.Publishing.Clients;

namespace ProxyPortal.Publishing;

/// <summary>How clients are told about an endpoint: the choice of one, and its text. An endpoint that the reader may not know of is not there.</summary>
public partial class ClientPage
{
    private ClientSetting? _setting;
    private ClientGuide? _guide;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [Parameter]
    public required string Name { get; set; }

    [Parameter]
    public string? Client { get; set; }

    [Inject]
    public required ConnectService Connect { get; init; }

    [Inject]
    internal ClientSettings Settings { get; init; } = null!;

    protected override async Task OnInitializedAsync()
    {
        IReadOnlyList<ConnectEndpoint> mine = await Connect.ListAsync(PublishedAnswers.ReaderOf(HttpContext), HttpContext.RequestAborted);
        if (mine.FirstOrDefault(endpoint => endpoint.Name.Equals(Name, StringComparison.OrdinalIgnoreCase)) is { } found)
            (_setting, Name) = (Settings.Of(found), found.Name);
        _guide = Client is null ? null : ClientGuides.Find(Client);
        if (_setting is null || (Client is not null && _guide is null))
            HttpContext.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
