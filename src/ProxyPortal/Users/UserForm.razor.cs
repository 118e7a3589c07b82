using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Users;

/// <summary>The fields of a user, new or not. Rules are the service's; what it refuses is said at the field.</summary>
public partial class UserForm
{
    private static readonly string[] Fields = ["userId", "displayName", "email", "kind", "role", "roleGroups", "validFrom", "validUntil", "daysFromFirstUse", "owner", "groups", "tags", "notes"];

    [Parameter, EditorRequired]
    public required UserDraft Draft { get; set; }

    /// <summary>What the form is for: "Add user".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public Error? Fault { get; set; }

    [Parameter]
    public bool IsNew { get; set; }

    /// <summary>Names of the groups to choose from.</summary>
    [Parameter]
    public IReadOnlyList<string> Groups { get; set; } = [];

    [Parameter]
    public bool MayGiveRoles { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter, EditorRequired]
    public required string SubmitLabel { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnSubmit { get; set; }

    /// <summary>How to leave without saving.</summary>
    [Parameter]
    public RenderFragment? Cancel { get; set; }

    private void Join(string group, ChangeEventArgs change)
    {
        if (change.Value is true)
            Draft.Groups.Add(group);
        else
            Draft.Groups.Remove(group);
    }

    private static string RoleHint(PortalRole role) => role switch
    {
        PortalRole.None => "Sees only their own access here.",
        PortalRole.Auditor => "Sees everything, changes nothing.",
        PortalRole.Operator => "Sees users and proxies; suspends, resumes, issues password links.",
        PortalRole.Administrator => "May do everything. The password works here only, at proxies they need a device.",
    };
}
