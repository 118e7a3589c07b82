using ProxyPortal.Core;
using ProxyPortal.Core.Publishing.Pac;

namespace ProxyPortal.Publishing.Pac;

/// <summary>A profile as its page shows it.</summary>
/// <param name="Id">The profile.</param>
/// <param name="Fields">What it says; endpoints that are not public any more still stand in it by name.</param>
/// <param name="Warnings">In which way its file differs from what it says, because endpoints have gone.</param>
/// <param name="Version">For a later change.</param>
public sealed record PacProfileDetail(Guid Id, PacProfileInput Fields, IReadOnlyList<string> Warnings, long Version)
{
    public string Name => Fields.Name;

    /// <summary>How many hosts it names.</summary>
    public int Rules => Fields.Bypass.Count + Fields.Routes.Sum(route => route.Hosts.Count);

    public bool Matches(string text) =>
        Name.Contains(text, StringComparison.OrdinalIgnoreCase) || Fields.Purpose?.Contains(text, StringComparison.OrdinalIgnoreCase) is true;
}

/// <summary>What may be set of a profile.</summary>
public sealed record PacProfileInput
{
    /// <summary>Stands in the file's address.</summary>
    public string Name { get; init; } = "";

    /// <summary>For whom it is; everybody reads it.</summary>
    public string? Purpose { get; init; }

    /// <summary>One profile at most; the one before ends being it.</summary>
    public bool IsDefault { get; init; }

    public bool BypassesPlainNames { get; init; } = true;

    public bool FallsBackToDirect { get; init; }

    /// <summary>Hosts that are reached straight, as people type them; what is blank is left out.</summary>
    public IReadOnlyList<string> Bypass { get; init; } = [];

    public IReadOnlyList<PacRouteInput> Routes { get; init; } = [];

    /// <summary>Names of endpoints for all other hosts, in the order in which they are tried; empty = every public one, by name.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];
}

/// <summary>Hosts with a way of their own.</summary>
/// <param name="Hosts">As in <see cref="PacProfileInput.Bypass"/>.</param>
/// <param name="Endpoints">Names, in the order in which they are tried.</param>
/// <param name="GoesStraight">Said in so many words: a list that has become empty must not open a way past the proxies.</param>
public sealed record PacRouteInput(IReadOnlyList<string> Hosts, IReadOnlyList<string> Endpoints, bool GoesStraight = false);

/// <summary>An endpoint that a profile may name.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Address">With port and transport, for people.</param>
public sealed record PacChoice(string Name, string Address);

/// <summary>The file of a profile that is not saved, from what of it can be read.</summary>
/// <param name="Document">The file.</param>
/// <param name="Errors">What cannot be read, each by its field, such as <c>routes[1].hosts</c>.</param>
public sealed record PacPreview(PacDocument Document, IReadOnlyList<Error> Errors);
