using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>Files for the import of password managers. KeePassXC and the generic import of KeePass take the first; a backslash must not be
/// made an escape there.</summary>
internal static class PasswordManagerGuides
{
    internal static ClientGuide KeePass { get; } = Guide("keepass", "KeePass", "keepass.csv", setting =>
        CsvField.Record("Group", "Title", "Username", "Password", "URL", "Notes")
        + CsvField.Record("", $"{setting.Address}", setting.ShownLogin, setting.ShownSecret, setting.Url(), ""));

    internal static ClientGuide Bitwarden { get; } = Guide("bitwarden", "Bitwarden", "bitwarden.csv", setting =>
        CsvField.Record("folder", "favorite", "type", "name", "notes", "fields", "reprompt", "login_uri", "login_username", "login_password", "login_totp")
        + CsvField.Record("", "", "login", $"{setting.Address}", "", "", "0", setting.Url(), setting.ShownLogin, setting.ShownSecret, ""));

    private static ClientGuide Guide(string id, string name, string file, Func<ClientSetting, Result<string>> text) => new()
    {
        Id = id,
        Name = name,
        Group = ClientGroup.PasswordManagers,
        Syntax = ClientSyntax.Csv,
        FileName = file,
        Schemes = AuthSchemes.Basic | AuthSchemes.Digest | AuthSchemes.Negotiate | AuthSchemes.Ntlm | AuthSchemes.Bearer,
        Transports = Reach.Any,
        Traits = ClientTraits.OnlyKeeps,
        Text = text,
    };
}
