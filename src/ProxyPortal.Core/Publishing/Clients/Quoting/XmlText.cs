using System.Security;

namespace ProxyPortal.Core.Publishing.Clients.Quoting;

/// <summary>Text inside an XML element.</summary>
internal static class XmlText
{
    internal static string Of(string text) => SecurityElement.Escape(text);
}
