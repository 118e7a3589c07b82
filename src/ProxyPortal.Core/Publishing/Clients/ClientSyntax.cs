namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>What a text is written in; <see cref="Steps"/> is prose.</summary>
public enum ClientSyntax
{
    Steps = 0,
    Shell = 1,
    PowerShell = 2,
    Cmd = 3,
    Ini = 4,
    Properties = 5,
    Toml = 6,
    AptConf = 7,
    Netrc = 8,
    Json = 9,
    JsonWithComments = 10,
    Xml = 11,
    PropertyList = 12,
    Registry = 13,
    Csv = 14,
    CSharp = 15,
    Java = 16,
    JavaScript = 17,
    Python = 18,
}
