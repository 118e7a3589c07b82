using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>Copies exactly <see cref="Text"/>, shows a tick and has it announced. For a value that is already on show; otherwise use
/// <see cref="CopyField"/> or <see cref="CodeBlock"/>.</summary>
public partial class CopyButton
{
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>What is copied, within a sentence: "proxy address".</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }
}
