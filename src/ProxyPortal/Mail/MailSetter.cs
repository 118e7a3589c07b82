using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Localization;
using ProxyPortal.Settings;

namespace ProxyPortal.Mail;

/// <summary>Sets a mail as text and as HTML: the same words, no picture, nothing that is fetched when it is opened.</summary>
internal sealed class MailSetter(SettingsService settings, IStringLocalizer<MailTexts> words)
{
    private const string Body = "margin:0;padding:24px;background:#f4f5f7;color:#1c2330;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";
    private const string Card = "max-width:560px;margin:0 auto;padding:28px;background:#ffffff;border:1px solid #d9dde4;border-radius:8px";
    private const string Button = "display:inline-block;padding:12px 20px;background:#1f5fbf;color:#ffffff;text-decoration:none;border-radius:6px;font-weight:600";
    private const string Code = "font:600 28px/1.2 ui-monospace,Consolas,monospace;letter-spacing:4px";
    private const string Small = "color:#596273;font-size:14px;overflow-wrap:anywhere";

    /// <summary>In the present culture.</summary>
    public MailBody Set(string toName, MailContent content) => new(TextOf(toName, content), HtmlOf(toName, content), content.Calendar);

    private string Closing => words["This mail was sent by {0}, because it concerns your access to its proxies.", settings.Current.OrganisationName];

    private string TextOf(string toName, MailContent content)
    {
        var text = new StringBuilder();
        text.AppendLine(words["Hello {0},", toName]).AppendLine();
        foreach (string paragraph in content.Paragraphs)
            text.AppendLine(paragraph).AppendLine();
        if (content.Code is { } code)
            text.AppendLine("    " + code).AppendLine();
        if (content.Act is { } act)
            text.AppendLine(act.Label + ":").AppendLine(act.Url).AppendLine();
        if (content.Aside is { } aside)
            text.AppendLine(aside).AppendLine();
        return text.AppendLine("-- ").AppendLine(Closing).AppendLine(settings.Current.PublicUrl).ToString();
    }

    private string HtmlOf(string toName, MailContent content)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Encode(content.Subject)}</title></head><body style=\"{Body}\"><div style=\"{Card}\">");
        html.Append(CultureInfo.InvariantCulture, $"<p>{Encode(words["Hello {0},", toName])}</p>");
        foreach (string paragraph in content.Paragraphs)
            html.Append(CultureInfo.InvariantCulture, $"<p>{Encode(paragraph)}</p>");
        if (content.Code is { } code)
            html.Append(CultureInfo.InvariantCulture, $"<p style=\"{Code}\">{Encode(code)}</p>");
        if (content.Act is { } act)
            html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{Encode(act.Url)}\" style=\"{Button}\">{Encode(act.Label)}</a></p><p style=\"{Small}\">{Encode(words["Or copy this address into your browser:"])}<br>{Encode(act.Url)}</p>");
        if (content.Aside is { } aside)
            html.Append(CultureInfo.InvariantCulture, $"<p style=\"{Small}\">{Encode(aside)}</p>");
        return html.Append(CultureInfo.InvariantCulture, $"<hr style=\"border:0;border-top:1px solid #d9dde4;margin:24px 0\"><p style=\"{Small}\">{Encode(Closing)}<br>{Encode(settings.Current.PublicUrl)}</p></div></body></html>").ToString();
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
