using System.Globalization;
using System.Text;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>A .reg file of version 5: CR LF at the ends of lines; to be stored as UTF-16 with a byte order mark, or as ASCII where it is.</summary>
internal static class RegistryFile
{
    /// <summary>A value without text is a number (dword).</summary>
    internal static string Write(params (string Key, (string Name, string? Text, int Number)[] Values)[] keys)
    {
        var file = new StringBuilder("Windows Registry Editor Version 5.00\r\n");
        foreach ((string key, (string Name, string? Text, int Number)[] values) in keys)
        {
            file.Append(CultureInfo.InvariantCulture, $"\r\n[{key}]\r\n");
            foreach ((string name, string? text, int number) in values)
                file.Append(CultureInfo.InvariantCulture, $"{BackslashQuote.Of(name)}={(text is null ? $"dword:{number:x8}" : BackslashQuote.Of(text))}\r\n");
        }
        return file.ToString();
    }
}
