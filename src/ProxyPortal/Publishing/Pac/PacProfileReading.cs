using System.Globalization;
using System.Text.RegularExpressions;
using ProxyPortal.Core;
using ProxyPortal.Core.Publishing.Pac;

namespace ProxyPortal.Publishing.Pac;

/// <summary>What somebody typed as a profile, in canonical form, and everything in it that cannot be read.</summary>
internal sealed partial class PacProfileReading
{
    public const int MostProfiles = 50;
    public const int MostRoutes = 100;
    public const int MostEndpoints = 20;
    private const int MostErrors = 20;
    private const int LongestQuote = 60;
    private readonly IReadOnlyList<ConnectEndpoint> _open;
    private readonly List<Error> _errors = [];

    /// <param name="input">As typed.</param>
    /// <param name="open">The endpoints that strangers may see, and so the ones that may be named.</param>
    public PacProfileReading(PacProfileInput input, IReadOnlyList<ConnectEndpoint> open)
    {
        _open = open;
        if (!NamePattern().IsMatch(input.Name))
            Add("name", "A name is made of small letters, digits and hyphens, starts and ends with a letter or digit, and has at most 63 characters: it stands in the file's address.");
        if (input.Purpose?.Trim() is { } purpose && (purpose.Length > PacProfileConfiguration.PurposeLength || purpose.Any(c => IsUnseen(c) || char.IsSurrogate(c))))
            Add("purpose", $"At most {PacProfileConfiguration.PurposeLength} characters, without line breaks and characters that nobody sees.");
        int rules = CountOf(input.Bypass) + input.Routes.Sum(route => CountOf(route.Hosts));
        if (rules > PacPlan.MaxPatterns)
            Add(CountOf(input.Bypass) > PacPlan.MaxPatterns ? "bypass" : "routes", TooMany(rules));
        if (input.Routes.Count > MostRoutes)
            Add("routes", $"A profile has at most {MostRoutes} routes.");
        Profile = new PacProfile
        {
            Name = input.Name,
            Purpose = string.IsNullOrWhiteSpace(input.Purpose) ? null : input.Purpose.Trim(),
            IsDefault = input.IsDefault,
            BypassesPlainNames = input.BypassesPlainNames,
            FallsBackToDirect = input.FallsBackToDirect,
            Bypass = ReadHosts(input.Bypass, "bypass"),
            Routes = [.. input.Routes.Take(MostRoutes).Select(ReadRoute)],
            Endpoints = ReadEndpoints(input.Endpoints, "endpoints"),
        };
        if (open.Count == 0)
            Add("endpoints", "No endpoint may be seen by everyone, so there is nothing to lead to. Set one to public on the page of its proxy first.");
    }

    /// <summary>What could be read; not a row of the database.</summary>
    public PacProfile Profile { get; }

    public IReadOnlyList<Error> Errors => _errors;

    public void ApplyTo(PacProfile row)
    {
        (row.Name, row.Purpose, row.IsDefault) = (Profile.Name, Profile.Purpose, Profile.IsDefault);
        (row.BypassesPlainNames, row.FallsBackToDirect) = (Profile.BypassesPlainNames, Profile.FallsBackToDirect);
        (row.Bypass, row.Routes, row.Endpoints) = (Profile.Bypass, Profile.Routes, Profile.Endpoints);
    }

    private static int CountOf(IReadOnlyList<string> hosts) => hosts.Count(host => !string.IsNullOrWhiteSpace(host));

    private static string TooMany(int rules) => string.Create(CultureInfo.InvariantCulture,
        $"These are {rules:N0} rules; a PAC file holds at most {PacPlan.MaxPatterns:N0} in all, because browsers read all of them again and again. A domain such as .example.org stands for every host below it.");

    private PacProfileRoute ReadRoute(PacRouteInput route, int index)
    {
        string field = $"routes[{index}]";
        List<string> hosts = ReadHosts(route.Hosts, field + ".hosts");
        if (CountOf(route.Hosts) == 0)
            Add(field + ".hosts", "Name the hosts of this route, one to a line, or remove the route.");
        if (route.GoesStraight == route.Endpoints.Count > 0)
            Add(field + ".endpoints", route.GoesStraight ? "A route that goes straight has no endpoint. Choose one of the two." : "Choose an endpoint for this route, or let it go straight.");
        return new PacProfileRoute(hosts, ReadEndpoints(route.Endpoints, field + ".endpoints"));
    }

    private List<string> ReadHosts(IReadOnlyList<string> typed, string field)
    {
        List<string> read = [];
        for (int line = 0; line < typed.Count && read.Count < PacPlan.MaxPatterns && _errors.Count < MostErrors; line++)
        {
            if (string.IsNullOrWhiteSpace(typed[line]))
                continue;
            // Names are mapped before they are compared, and what nobody sees would be mapped away.
            Result<HostPattern> pattern = typed[line].Any(IsUnseen) ? new Error("pattern_invalid", "It holds a character that nobody sees.") : HostPattern.Parse(typed[line]);
            if (pattern.Succeeded)
                read.Add(pattern.Value.ToString());
            else
                Add(field, string.Create(CultureInfo.InvariantCulture, $"Line {line + 1}, “{Quote(typed[line])}”: {pattern.Error!.Message}"));
        }
        return [.. read.Distinct(StringComparer.Ordinal)];
    }

    // A name that is none is answered like one that strangers may not know.
    private List<Guid> ReadEndpoints(IReadOnlyList<string> names, string field)
    {
        List<Guid> read = [];
        if (names.Count > MostEndpoints)
            Add(field, $"Name at most {MostEndpoints} endpoints: browsers try one after the other.");
        foreach (string name in names.Take(MostEndpoints).Select(name => name ?? ""))
        {
            if (_open.FirstOrDefault(endpoint => endpoint.Name == name) is not { } endpoint)
                Add(field, $"“{Quote(name)}” is no endpoint that everyone may see, and everyone may read a PAC file. Remove it, or set it to public on the page of its proxy.");
            else if (!read.Contains(endpoint.Id))
                read.Add(endpoint.Id);
        }
        return read;
    }

    private void Add(string field, string message)
    {
        if (_errors.Count < MostErrors)
            _errors.Add(new Error($"{field[(field.LastIndexOf('.') + 1)..]}_invalid", message, field));
    }

    private static string Quote(string text) =>
        string.Concat((text.Length <= LongestQuote ? text : text[..LongestQuote] + "…").Select(character => IsUnseen(character) || char.IsSurrogate(character) ? '?' : character));

    private static bool IsUnseen(char character) => char.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
