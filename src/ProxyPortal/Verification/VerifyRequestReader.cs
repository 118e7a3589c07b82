using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ProxyPortal.Core.Http;

namespace ProxyPortal.Verification;

/// <summary>The fields of one verify request as UTF-8, unescaped; they point into the body or into the reader's scratch memory.</summary>
internal ref struct VerifyFields
{
    public AuthSchemes Scheme;
    public ReadOnlySpan<byte> UserId;
    public ReadOnlySpan<byte> Password;
    public ReadOnlySpan<byte> ClientAddress;
    public ReadOnlySpan<byte> Endpoint;
}

/// <summary>
/// Reads the body of POST /api/v1/verify, strictly: no duplicate, unknown or mistyped field, no trailing text, at most
/// <see cref="Core.Protocols.VerifyRequest.MaxBodyBytes"/> bytes. By hand over the raw bytes, because a serializer can neither say which of these it was nor do without
/// allocating the password as a string that cannot be wiped.
/// </summary>
internal static class VerifyRequestReader
{
    public const int MaxDepth = 8;

    // The position is the field's bit in the mask of seen fields.
    private static readonly string[] Names =
    [
        "scheme", "userId", "password", "clientAddress", "endpoint", "token", "context", "digest",
        "method", "uri", "nonce", "nc", "cnonce", "qop", "response", "algorithm", "realm", "opaque", "userhash",
    ];

    private static readonly byte[][] NamesUtf8 = [.. Names.Select(Encoding.UTF8.GetBytes)];
    private static readonly VerifyFault UnknownField = VerifyFault.JsonUnknownField(string.Join(", ", Names.Where(name => name != "digest")));

    private const int Scheme = 0, UserId = 1, Password = 2, ClientAddress = 3, Endpoint = 4, Token = 5, Digest = 7, FirstDigestField = 8;
    private const uint DigestMask = ~0u << FirstDigestField;

    /// <param name="body">The whole body.</param>
    /// <param name="scratch">At least as long as the body: holds values that had escapes.</param>
    /// <param name="fields">What was read, when the result is null.</param>
    public static VerifyFault? Read(ReadOnlySpan<byte> body, Span<byte> scratch, out VerifyFields fields)
    {
        fields = default;
        if (body.IsEmpty)
            return VerifyFault.BodyMissing;
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
            return ReadObject(ref reader, scratch, out fields);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape that is no character, such as half a surrogate pair.
            return VerifyFault.JsonInvalid(null);
        }
    }

    private static VerifyFault? ReadObject(scoped ref Utf8JsonReader reader, Span<byte> scratch, out VerifyFields fields)
    {
        fields = default;
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            return VerifyFault.JsonInvalid(null);
        uint seen = 0;
        uint present = 0;
        VerifyFault? fault = null;
        ReadOnlySpan<byte> scheme = default;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            int field = Find(ref reader);
            reader.Read();
            if (field < 0 || (seen & (1u << field)) != 0)
            {
                // Read on to the end: if the text is no JSON at all, that is the first thing to say.
                fault ??= field < 0 ? UnknownField : VerifyFault.JsonDuplicate;
                reader.Skip();
                continue;
            }
            seen |= 1u << field;
            if (reader.TokenType is JsonTokenType.Null)
                continue;
            present |= 1u << field;
            if (reader.TokenType is not JsonTokenType.String)
            {
                fault ??= field == Digest ? null : VerifyFault.JsonInvalid("$." + Names[field]);
                reader.Skip();
                continue;
            }
            ReadOnlySpan<byte> value = Text(ref reader, ref scratch);
            switch (field)
            {
                case Scheme: scheme = value; break;
                case UserId: fields.UserId = value; break;
                case Password: fields.Password = value; break;
                case ClientAddress: fields.ClientAddress = value; break;
                case Endpoint: fields.Endpoint = value; break;
                case Token when value.IsEmpty: present &= ~(1u << Token); break;
                default: break;
            }
        }
        if (reader.TokenType is not JsonTokenType.EndObject || reader.Read())
            return VerifyFault.JsonInvalid(null);
        return fault ?? CheckScheme(scheme, present, out fields.Scheme);
    }

    private static VerifyFault? CheckScheme(scoped ReadOnlySpan<byte> name, uint present, out AuthSchemes scheme)
    {
        scheme = AuthSchemes.Basic;
        Span<char> text = stackalloc char[16];
        if (Has(present, Scheme) && (name.Length > text.Length || !AuthScheme.TryParse(text[..Encoding.UTF8.GetChars(name, text)], out scheme)))
            return VerifyFault.SchemeUnknown;
        bool password = Has(present, Password), token = Has(present, Token), digest = Has(present, Digest) || (present & DigestMask) != 0;
        if ((password ? 1 : 0) + (token ? 1 : 0) + (digest ? 1 : 0) > 1)
            return VerifyFault.FieldsConflict;
        return scheme switch
        {
            AuthSchemes.Basic when Has(present, UserId) && password => null,
            AuthSchemes.Basic => VerifyFault.FieldRequired("userId, password"),
            AuthSchemes.Digest when Has(present, UserId) && (present & DigestMask) != 0 => null,
            AuthSchemes.Digest => VerifyFault.FieldRequired("userId, realm, method, uri, nonce, nc, cnonce, qop, response"),
            _ => token ? null : VerifyFault.FieldRequired("token"),
        };
    }

    private static bool Has(uint mask, int field) => (mask & (1u << field)) != 0;

    private static int Find(ref Utf8JsonReader reader)
    {
        for (int i = 0; i < NamesUtf8.Length; i++)
        {
            if (reader.ValueTextEquals(NamesUtf8[i]))
                return i;
        }
        return -1;
    }

    private static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader reader, scoped ref Span<byte> scratch)
    {
        if (!reader.ValueIsEscaped)
            return Utf8.IsValid(reader.ValueSpan) ? reader.ValueSpan : throw new JsonException();
        int written = reader.CopyString(scratch);
        ReadOnlySpan<byte> text = scratch[..written];
        scratch = scratch[written..];
        return text;
    }
}
