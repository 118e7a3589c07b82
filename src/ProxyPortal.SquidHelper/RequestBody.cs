using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProxyPortal.Core.Protocols;

namespace ProxyPortal.SquidHelper;

/// <summary>Writes the JSON of one question after the other, on the reading thread, without a string of anything secret.</summary>
internal sealed class RequestBody : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly byte[] _decoded = new byte[SquidLineBuffer.DefaultMaxLineBytes];
    private readonly Utf8JsonWriter _json;

    // Not the encoder for HTML, which turns the '+' of every device's login into an escape.
    public RequestBody() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public void Begin()
    {
        // Clear wipes what was written; resetting the count would leave the last password there.
        _buffer.Clear();
        _json.Reset(_buffer);
        _json.WriteStartObject();
    }

    public void Write(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            _json.WriteString(name, value);
    }

    /// <summary>False for what cannot be decoded: see <see cref="PercentEscapes"/>.</summary>
    public bool TryWriteEscaped(ReadOnlySpan<byte> name, ReadOnlySpan<byte> escaped)
    {
        bool isText = PercentEscapes.TryDecode(escaped, _decoded, out int length);
        if (isText)
            _json.WriteString(name, _decoded.AsSpan(0, length));
        CryptographicOperations.ZeroMemory(_decoded.AsSpan(0, length));
        return isText;
    }

    /// <summary>The finished text; its owner wipes it after use.</summary>
    public byte[] End()
    {
        _json.WriteEndObject();
        _json.Flush();
        byte[] body = _buffer.WrittenSpan.ToArray();
        _buffer.Clear();
        return body;
    }

    public void Dispose() => _json.Dispose();
}
