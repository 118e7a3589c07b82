namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>Where people look for a client. The catalogue is in this order.</summary>
public enum ClientGroup
{
    CommandLine = 0,
    Languages = 1,
    BuildTools = 2,
    Containers = 3,
    Windows = 4,
    Apple = 5,
    Android = 6,
    Browsers = 7,
    PasswordManagers = 8,
}
