using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Publishing.Pac;

/// <summary>Endpoints in the order in which browsers try them.</summary>
public partial class EndpointOrder
{
    private string? _next;
    private string? _said;

    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required string Legend { get; set; }

    /// <summary>What it means that none is chosen.</summary>
    [Parameter, EditorRequired]
    public required string EmptyHint { get; set; }

    /// <summary>Names; changed in place.</summary>
    [Parameter, EditorRequired]
    public required IList<string> Chosen { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PacChoice> Choices { get; set; }

    [Parameter]
    public string? Error { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    private IEnumerable<PacChoice> Rest => Choices.Where(choice => !Chosen.Contains(choice.Name));

    private string? AddressOf(string name) => Choices.FirstOrDefault(choice => choice.Name == name)?.Address;

    private Task AddAsync()
    {
        if (string.IsNullOrEmpty(_next) || Chosen.Contains(_next))
            return Task.CompletedTask;
        Chosen.Add(_next);
        _said = $"{_next} added";
        _next = null;
        return OnChanged.InvokeAsync();
    }

    private Task RemoveAsync(string name)
    {
        Chosen.Remove(name);
        _said = $"{name} removed";
        return OnChanged.InvokeAsync();
    }

    private Task MoveAsync(string name, int by)
    {
        int to = Chosen.IndexOf(name) + by;
        // A second click that was already on its way finds it at the end.
        if (to < 0 || to >= Chosen.Count)
            return Task.CompletedTask;
        Chosen.Remove(name);
        Chosen.Insert(to, name);
        _said = string.Create(CultureInfo.InvariantCulture, $"{name} is now {to + 1} of {Chosen.Count}");
        return OnChanged.InvokeAsync();
    }
}
