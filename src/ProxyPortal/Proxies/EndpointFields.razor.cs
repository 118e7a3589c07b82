using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Proxies;

/// <summary>The fields of an endpoint, wherever one is typed.</summary>
public partial class EndpointFields
{
    [Parameter, EditorRequired]
    public required EndpointForm Form { get; set; }

    /// <summary>The message for a field: <c>name</c>, <c>host</c>, …</summary>
    [Parameter, EditorRequired]
    public required Func<string, string?> FaultAt { get; set; }

    private static string Id(string field) => $"endpoint-{field}";

    private static string Described(string field) => $"{Id(field)}-hint {Id(field)}-error";

    private string? Wrong(string field) => FaultAt(field) is null ? null : "true";
}
