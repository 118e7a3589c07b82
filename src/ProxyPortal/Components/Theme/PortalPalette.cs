namespace ProxyPortal.Components.Theme;

/// <summary>A status colour: <paramref name="Ink"/> for text and icons, <paramref name="Tint"/> for the ground behind them.</summary>
public sealed record StatusInk(string Ink, string Tint);

/// <summary>Every colour of one theme, and the only place in the product with colour literals. Each becomes a custom property
/// <c>--pp-…</c> in <c>wwwroot/theme.css</c>. <see cref="Accent"/> is for words, icons and rings, <see cref="Fill"/> for the ground
/// of the one main act on a page. Greys are slightly cool; the four statuses differ in lightness as well as hue,
/// so that they stay apart in greyscale and for colour-blind eyes.</summary>
public sealed record PortalPalette
{
    public required string Canvas { get; init; }
    public required string Surface { get; init; }
    public required string Sunken { get; init; }
    public required string Hover { get; init; }
    public required string Line { get; init; }
    public required string LineStrong { get; init; }
    public required string LineInput { get; init; }
    public required string Text { get; init; }
    public required string TextSecondary { get; init; }
    public required string TextMuted { get; init; }
    public required string TextDisabled { get; init; }
    public required string Accent { get; init; }
    public required string AccentStrong { get; init; }
    public required string AccentTint { get; init; }
    public required string OnAccent { get; init; }
    public required string Fill { get; init; }
    public required string FillStrong { get; init; }
    public required string OnFill { get; init; }
    public required string Scrim { get; init; }
    public required string Shadow { get; init; }
    public required StatusInk Well { get; init; }
    public required StatusInk Soon { get; init; }
    public required StatusInk Wrong { get; init; }
    public required StatusInk Off { get; init; }

    public static PortalPalette Light { get; } = new()
    {
        Canvas = "#f6f7f9",
        Surface = "#ffffff",
        Sunken = "#f1f3f6",
        Hover = "#eef0f4",
        Line = "#e2e5ea",
        LineStrong = "#cbd0d8",
        LineInput = "#858d99",
        Text = "#15181d",
        TextSecondary = "#4d5561",
        TextMuted = "#5f6874",
        TextDisabled = "#9aa2ad",
        Accent = "#1d57d0",
        AccentStrong = "#1748b0",
        AccentTint = "#e8effd",
        OnAccent = "#ffffff",
        Fill = "#1d57d0",
        FillStrong = "#1748b0",
        OnFill = "#ffffff",
        Scrim = "#15181d66",
        Shadow = "#15181d1f",
        Well = new("#0a5c36", "#e2f4e9"),
        Soon = new("#855300", "#fdf0d5"),
        Wrong = new("#8f1616", "#fdeaea"),
        Off = new("#606975", "#eaedf1"),
    };

    public static PortalPalette Dark { get; } = new()
    {
        Canvas = "#0d0f12",
        Surface = "#14171b",
        Sunken = "#0f1215",
        Hover = "#1d2126",
        Line = "#262b32",
        LineStrong = "#39404a",
        LineInput = "#6d7682",
        Text = "#eceef1",
        TextSecondary = "#b0b7c1",
        TextMuted = "#929ba7",
        TextDisabled = "#5d6570",
        Accent = "#8fb3ff",
        AccentStrong = "#adc7ff",
        AccentTint = "#18243d",
        OnAccent = "#0b1530",
        Fill = "#3565d6",
        FillStrong = "#2a55bd",
        OnFill = "#ffffff",
        Scrim = "#000000a6",
        Shadow = "#00000080",
        Well = new("#6fdca3", "#10291d"),
        Soon = new("#f7d488", "#2e2410"),
        Wrong = new("#ff9f99", "#361a1a"),
        Off = new("#9aa3af", "#20252b"),
    };
}
