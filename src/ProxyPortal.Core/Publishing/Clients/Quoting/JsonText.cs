using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProxyPortal.Core.Publishing.Clients.Quoting;

/// <summary>JSON for a file or a registry value, not for a page: only what JSON itself asks for is escaped, so that people can read it.</summary>
internal static class JsonText
{
    internal static string Indented(Action<Utf8JsonWriter> members) => Write(members, isIndented: true) + "\n";

    internal static string OnOneLine(Action<Utf8JsonWriter> members) => Write(members, isIndented: false);

    private static string Write(Action<Utf8JsonWriter> members, bool isIndented)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = isIndented, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
