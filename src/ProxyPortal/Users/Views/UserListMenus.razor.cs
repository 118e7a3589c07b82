using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Users.Views;

/// <summary>Lets a person name what the list shows, go back to it, and choose its columns.</summary>
public partial class UserListMenus
{
    private string? _name;
    private string? _note;

    [Parameter, EditorRequired]
    public required UserListChoices Choices { get; set; }

    [Parameter, EditorRequired]
    public required UserListView View { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<UserListChoices> OnChange { get; set; }

    private async Task SaveAsync()
    {
        string name = _name?.Trim() ?? "";
        if (name.Length is 0 or > UserListChoices.LongestName)
        {
            _note = "Give the view a name.";
            return;
        }
        if (Choices.Views.Count >= UserListChoices.MostViews && Choices.Views.All(saved => saved.Name != name))
        {
            _note = $"There are {UserListChoices.MostViews} views already, which is the most.";
            return;
        }
        (_name, _note) = (null, $"{name} saved.");
        await OnChange.InvokeAsync(Choices.With(name, View));
    }
}
