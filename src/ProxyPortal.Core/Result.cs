namespace ProxyPortal.Core;

/// <summary>A named refusal: <paramref name="Code"/> is stable and machine-readable, <paramref name="Message"/> is for people,
/// <paramref name="Field"/> names the input at fault where there is one (camelCase, as in the API).</summary>
public sealed record Error(string Code, string Message, string? Field = null)
{
    /// <summary>The message with its values apart from its words, for a reader of another language; null where the words are all.</summary>
    public FormattableString? Template { get; private init; }

    /// <summary>A refusal whose message holds values.</summary>
    public static Error Of(string code, FormattableString message, string? field = null) =>
        new(code, FormattableString.Invariant(message), field) { Template = message };
}

/// <summary>The outcome of an act that returns nothing. Exceptions are for bugs; a refusal is a value.</summary>
public readonly record struct Result
{
    private Result(Error? error) => Error = error;

    public Error? Error { get; }

    public bool Succeeded => Error is null;

    public static Result Success { get; }

    public static implicit operator Result(Error error) => new(error);
}

/// <summary>The outcome of an act that returns a <typeparamref name="T"/>, or a named refusal.</summary>
public readonly record struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Error? error) => (_value, Error) = (value, error);

    public Error? Error { get; }

    public bool Succeeded => Error is null;

    /// <summary>The value; reading it from a refusal is a bug and throws.</summary>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"No value: {Error.Code}.");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
}
