namespace ProxyPortal.Publishing.Pac;

/// <summary>What a call may set of a PAC profile; what is not named stays.</summary>
internal sealed record PacProfileBody
{
    /// <summary>Stands in the file's address.</summary>
    public Given<string> Name { get; init; }

    /// <summary>For whom it is; everybody reads it.</summary>
    public Given<string> Purpose { get; init; }

    /// <summary>Whether it is <c>/proxy.pac</c> and <c>/wpad.dat</c> too.</summary>
    public Given<bool?> IsDefault { get; init; }

    public Given<bool?> BypassesPlainNames { get; init; }

    public Given<bool?> FallsBackToDirect { get; init; }

    /// <summary>Hosts that are reached straight: <c>intranet.example.org</c>, <c>.example.org</c>, <c>*-lab.example.org</c>, <c>10.0.0.0/8</c>.</summary>
    public Given<IReadOnlyList<string>> Bypass { get; init; }

    /// <summary>Of several routes that fit a host the first counts.</summary>
    public Given<IReadOnlyList<PacRouteShape?>> Routes { get; init; }

    /// <summary>Names of public endpoints in the order in which they are tried; empty = all, by name.</summary>
    public Given<IReadOnlyList<string>> Endpoints { get; init; }

    public PacProfileInput Over(PacProfileInput now) => now with
    {
        Name = Name.Or(now.Name) ?? "",
        Purpose = Purpose.Or(now.Purpose),
        IsDefault = IsDefault.Or(now.IsDefault) ?? false,
        BypassesPlainNames = BypassesPlainNames.Or(now.BypassesPlainNames) ?? true,
        FallsBackToDirect = FallsBackToDirect.Or(now.FallsBackToDirect) ?? false,
        Bypass = Bypass.Or(now.Bypass) ?? [],
        Routes = Routes.IsNamed ? [.. (Routes.Value ?? []).Select(route => new PacRouteInput(route?.Hosts ?? [], route?.Endpoints ?? [], route?.Straight is true))] : now.Routes,
        Endpoints = Endpoints.Or(now.Endpoints) ?? [],
    };
}

/// <param name="Hosts">As in the bypass list.</param>
/// <param name="Endpoints">Names of public endpoints in the order in which they are tried.</param>
/// <param name="Straight">Instead of endpoints: without a proxy.</param>
internal sealed record PacRouteShape(IReadOnlyList<string> Hosts, IReadOnlyList<string>? Endpoints, bool Straight);

/// <summary>A PAC profile in answers: <c>Url</c> is its file's, <c>Warnings</c> say in which way the file differs from the profile because endpoints have gone.</summary>
internal sealed record PacProfileShape(
    Guid Id, string Name, string? Purpose, bool IsDefault, string Url, bool BypassesPlainNames, bool FallsBackToDirect, IReadOnlyList<string> Bypass, IReadOnlyList<PacRouteShape> Routes,
    IReadOnlyList<string> Endpoints, IReadOnlyList<string> Warnings)
{
    public static PacProfileShape Of(PacProfileDetail profile, string publicUrl) => new(
        profile.Id, profile.Name, profile.Fields.Purpose, profile.Fields.IsDefault, publicUrl + PortalUrls.PacFile(profile.Name), profile.Fields.BypassesPlainNames, profile.Fields.FallsBackToDirect,
        profile.Fields.Bypass, [.. profile.Fields.Routes.Select(route => new PacRouteShape(route.Hosts, route.Endpoints, route.GoesStraight))], profile.Fields.Endpoints, profile.Warnings);
}
