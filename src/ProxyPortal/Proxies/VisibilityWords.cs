namespace ProxyPortal.Proxies;

/// <summary>Who may see an endpoint, in plain words.</summary>
public static class VisibilityWords
{
    public static string Of(EndpointVisibility visibility) => visibility switch
    {
        EndpointVisibility.SignedIn => "Signed-in users who may use it",
        EndpointVisibility.Public => "Everyone, signed in or not",
        EndpointVisibility.Groups => "Only groups that name it",
    };
}
