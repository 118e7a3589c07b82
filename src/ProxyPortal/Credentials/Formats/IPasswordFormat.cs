namespace ProxyPortal.Credentials.Formats;

/// <summary>One form in which a password can be stored.</summary>
internal interface IPasswordFormat
{
    /// <summary>The part of <paramref name="stored"/> that says how long a comparison takes: format and cost. Null when it is not a hash of this
    /// format, or dearer than anyone would make it: a planted hash must not buy an hour of work.</summary>
    string? KindOf(string stored);

    /// <summary>Compares with a text for which <see cref="KindOf"/> is not null.</summary>
    SecretMatch Verify(string stored, ReadOnlySpan<byte> prepared);

    /// <summary>A hash of the given kind that nothing matches.</summary>
    string Dummy(string kind);
}
