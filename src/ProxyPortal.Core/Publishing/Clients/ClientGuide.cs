using ProxyPortal.Core.Http;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>How one client is told about a proxy: a text in the client's own format, or steps for people.</summary>
public sealed class ClientGuide
{
    /// <summary>The name in URLs: lower case, digits and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>A proper noun, the same in every language.</summary>
    public required string Name { get; init; }

    public required ClientGroup Group { get; init; }

    public required ClientSyntax Syntax { get; init; }

    /// <summary>Where the text belongs; null for commands and steps.</summary>
    public string? FileName { get; init; }

    /// <summary>The schemes that the client, told in this way, can speak to an HTTP proxy.</summary>
    public required AuthSchemes Schemes { get; init; }

    public required IReadOnlyList<ProxyTransport> Transports { get; init; }

    public ClientTraits Traits { get; init; }

    /// <summary>Whether this guide is prose, to be shown by <see cref="Steps"/>.</summary>
    public bool IsSteps => Walk is not null;

    internal Func<ClientSetting, Result<string>>? Text { get; init; }

    internal Func<ClientSetting, IReadOnlyList<FormattableString>>? Walk { get; init; }

    public bool Has(ClientTraits trait) => Traits.HasFlag(trait);

    /// <summary>Whether the client can reach the proxy at all in this way.</summary>
    public bool SpeaksTransport(ClientSetting setting) => Transports.Contains(setting.Address.Transport)
        || setting.Address.Transport is ProxyTransport.Https && Has(ClientTraits.TlsOnlyByPac) && setting.PacUrl is not null;

    /// <summary>One sentence for each step, words and values apart so that they can be localised; empty for a text.</summary>
    public IReadOnlyList<FormattableString> Steps(ClientSetting setting) =>
        Walk is null || setting.Fault() is not null || !SpeaksTransport(setting) ? [] : Walk(setting);

    /// <summary>The text with every value escaped for its format (steps: numbered English sentences), or a refusal: <c>login_invalid</c>,
    /// <c>secret_invalid</c>, <c>bypass_invalid</c>, <c>client_transport</c> (it would not reach the proxy) and <c>client_cannot_write</c>
    /// (the format cannot carry this login or secret).</summary>
    public Result<string> Write(ClientSetting setting)
    {
        if (setting.Fault() is Error fault)
            return fault;
        if (!SpeaksTransport(setting))
            return Error.Of("client_transport", $"{Name} cannot be told in this way to reach a proxy over {TransportName(setting.Address.Transport)}.");
        if (Walk is not null)
            return string.Concat(Walk(setting).Select((step, i) => FormattableString.Invariant($"{i + 1}. {FormattableString.Invariant(step)}\n")));
        Result<string> text = Text!(setting);
        return text.Succeeded && ClientSetting.HasPlaceholder(text.Value) ? Remark() + text.Value : text;
    }

    // Formats without comments (JSON, CSV) and those whose first line is fixed say it elsewhere or not at all.
    private string Remark()
    {
        const string Words = $"Put your own login and secret in the place of {ClientSetting.LoginPlaceholder} and {ClientSetting.SecretPlaceholder}; "
            + "inside a URL, percent-encode them.";
        return Syntax switch
        {
            ClientSyntax.Shell or ClientSyntax.PowerShell or ClientSyntax.Ini or ClientSyntax.Properties or ClientSyntax.Toml
                or ClientSyntax.Netrc or ClientSyntax.Python => $"# {Words}\n",
            ClientSyntax.AptConf or ClientSyntax.JsonWithComments or ClientSyntax.CSharp or ClientSyntax.Java or ClientSyntax.JavaScript => $"// {Words}\n",
            ClientSyntax.Xml => $"<!-- {Words} -->\n",
            ClientSyntax.Steps or ClientSyntax.Cmd or ClientSyntax.Json or ClientSyntax.PropertyList or ClientSyntax.Registry or ClientSyntax.Csv => "",
        };
    }

    private static string TransportName(ProxyTransport transport) => transport switch
    {
        ProxyTransport.Http => "HTTP",
        ProxyTransport.Https => "TLS",
        ProxyTransport.Socks5 => "SOCKS5",
    };
}
