using Microsoft.JSInterop;

namespace ProxyPortal.Users.Views;

/// <summary>What the browser keeps of one person's likings. A browser that keeps nothing, or has left, is none that anything fails by.</summary>
public sealed class BrowserMemory(IJSRuntime browser)
{
    public async Task<UserListChoices> ReadAsync(Guid person)
    {
        try
        {
            return UserListChoices.Read(await browser.InvokeAsync<string?>("localStorage.getItem", KeyOf(person)));
        }
        catch (Exception refused) when (refused is JSException or JSDisconnectedException or OperationCanceledException)
        {
            return UserListChoices.None;
        }
    }

    public async Task WriteAsync(Guid person, UserListChoices choices)
    {
        try
        {
            await browser.InvokeVoidAsync("localStorage.setItem", KeyOf(person), choices.Write());
        }
        catch (Exception refused) when (refused is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // It holds until the page is left.
        }
    }

    // Two people may use one browser.
    private static string KeyOf(Guid person) => $"pp-users-{person:N}";
}
