using ProxyPortal.Core.Publishing.Clients;

namespace ProxyPortal.Publishing;

/// <summary>Names of groups of clients in English, the keys of their translations.</summary>
internal static class ClientWords
{
    public static string Group(ClientGroup group) => group switch
    {
        ClientGroup.CommandLine => "Command line and system",
        ClientGroup.Languages => "Programming languages",
        ClientGroup.BuildTools => "Package managers and editors",
        ClientGroup.Containers => "Containers",
        ClientGroup.Windows => "Windows",
        ClientGroup.Apple => "Mac, iPhone and iPad",
        ClientGroup.Android => "Android",
        ClientGroup.Browsers => "Browsers",
        ClientGroup.PasswordManagers => "Password managers",
    };
}
