namespace ProxyPortal;

/// <summary>One field in which two people differ; what is empty reads as a dash.</summary>
public sealed record EditDifference
{
    public EditDifference(string field, string? theirs, string? mine) => (Field, Theirs, Mine) = (field, Say(theirs), Say(mine));

    public string Field { get; }

    public string Theirs { get; }

    public string Mine { get; }

    private static string Say(string? text) => string.IsNullOrWhiteSpace(text) ? "—" : text.Trim();
}
