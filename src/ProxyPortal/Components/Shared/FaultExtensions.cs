using ProxyPortal.Core;

namespace ProxyPortal.Components.Shared;

/// <summary>Where in a form a refusal is said.</summary>
public static class FaultExtensions
{
    /// <summary>The message for <paramref name="field"/>, or null.</summary>
    public static string? At(this Error? fault, string field) => fault?.Field == field ? fault.Message : null;

    /// <summary>The message of a refusal that belongs to none of <paramref name="fields"/>.</summary>
    public static string? Beside(this Error? fault, params ReadOnlySpan<string> fields) =>
        fault is not null && (fault.Field is null || !fields.Contains(fault.Field)) ? fault.Message : null;

    /// <summary>For <c>aria-invalid</c>.</summary>
    public static string? Invalid(this Error? fault, string field) => fault?.Field == field ? "true" : null;
}
