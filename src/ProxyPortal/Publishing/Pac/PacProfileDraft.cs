namespace ProxyPortal.Publishing.Pac;

/// <summary>A profile as it is being typed: hosts stand one to a line.</summary>
public sealed class PacProfileDraft
{
    public string Name { get; set; } = "";

    public string? Purpose { get; set; }

    public bool IsDefault { get; set; }

    public bool BypassesPlainNames { get; set; } = true;

    public bool FallsBackToDirect { get; set; }

    public string? Bypass { get; set; }

    public List<string> Endpoints { get; private init; } = [];

    public List<PacRouteDraft> Routes { get; private init; } = [];

    public static PacProfileDraft Of(PacProfileInput profile) => new()
    {
        Name = profile.Name,
        Purpose = profile.Purpose,
        IsDefault = profile.IsDefault,
        BypassesPlainNames = profile.BypassesPlainNames,
        FallsBackToDirect = profile.FallsBackToDirect,
        Bypass = string.Join('\n', profile.Bypass),
        Endpoints = [.. profile.Endpoints],
        Routes = [.. profile.Routes.Select(route => new PacRouteDraft(route.Endpoints) { Hosts = string.Join('\n', route.Hosts), GoesStraight = route.GoesStraight })],
    };

    /// <summary>Blank lines stay, so that what is wrong can be named by its line.</summary>
    public PacProfileInput ToInput() => new()
    {
        Name = Name.Trim(),
        Purpose = Purpose,
        IsDefault = IsDefault,
        BypassesPlainNames = BypassesPlainNames,
        FallsBackToDirect = FallsBackToDirect,
        Bypass = Lines(Bypass),
        Routes = [.. Routes.Select(route => new PacRouteInput(Lines(route.Hosts), route.GoesStraight ? [] : route.Endpoints.ToArray(), route.GoesStraight))],
        Endpoints = Endpoints.ToArray(),
    };

    private static string[] Lines(string? text) => (text ?? "").ReplaceLineEndings("\n").Split('\n');
}

/// <summary>A route as it is being typed.</summary>
public sealed class PacRouteDraft(IEnumerable<string> endpoints)
{
    public string? Hosts { get; set; }

    public List<string> Endpoints { get; } = [.. endpoints];

    public bool GoesStraight { get; set; }
}
