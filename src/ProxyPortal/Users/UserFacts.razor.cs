using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Users;

/// <summary>What is set of a user.</summary>
public partial class UserFacts
{
    [Parameter, EditorRequired]
    public required UserDetail User { get; set; }

    [Parameter]
    public RenderFragment? Actions { get; set; }
}
