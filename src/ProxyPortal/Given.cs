namespace ProxyPortal;

/// <summary>A field that may be left out, of a PATCH or of a bootstrap file: left out it stays as it is, null clears it.</summary>
/// <param name="IsNamed">Whether it was named at all.</param>
/// <param name="Value">What was said.</param>
internal readonly record struct Given<T>(bool IsNamed, T? Value)
{
    /// <summary>What is to hold: the field if it was named, else what holds now.</summary>
    public T? Or(T? now) => IsNamed ? Value : now;
}
