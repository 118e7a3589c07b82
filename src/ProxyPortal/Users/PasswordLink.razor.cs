using Microsoft.AspNetCore.Components;
using ProxyPortal.Links;

namespace ProxyPortal.Users;

/// <summary>A link by which a user chooses a password: shown once, with whom it is for and how long it works.</summary>
public partial class PasswordLink
{
    private string? _url;
    private DateTimeOffset? _until;

    [Parameter, EditorRequired]
    public required string UserId { get; set; }

    /// <summary>Null once it was saved; the owner drops its copy in <see cref="OnSaved"/>.</summary>
    [Parameter, EditorRequired]
    public IssuedLink? Link { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnSaved { get; set; }

    protected override void OnParametersSet() => (_url, _until) = (Link?.Url, Link?.ExpiresAt);

    private Task SaveAsync() => OnSaved.InvokeAsync();
}
