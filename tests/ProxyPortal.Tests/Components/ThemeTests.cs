using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Bunit;
using MudBlazor;
using ProxyPortal.Components.Theme;
using Xunit;

namespace ProxyPortal.Tests.Components;

/// <summary>Contrast of both palettes, and <c>wwwroot/theme.css</c> as written from them. Run with <c>PORTAL_WRITE_THEME=1</c> to renew
/// the sheet after a change of colours or of MudBlazor.</summary>
[Trait("Database", "None")]
public sealed partial class ThemeTests : PortalComponentTest
{
    private const double TextContrast = 4.5;
    private const double ControlContrast = 3;
    private const double LightnessGap = 3;

    public static TheoryData<string> Themes => ["light", "dark"];

    [Theory, MemberData(nameof(Themes))]
    public void EveryText_OnEveryGround_HoldsContrastAA(string theme)
    {
        var palette = PaletteOf(theme);
        string[] grounds = [palette.Canvas, palette.Surface, palette.Sunken, palette.Hover];
        StatusInk[] statuses = [palette.Well, palette.Soon, palette.Wrong, palette.Off];
        string[] inks = [palette.Text, palette.TextSecondary, palette.TextMuted, palette.Accent, .. statuses.Select(status => status.Ink)];

        var pairs = inks.SelectMany(ink => grounds.Select(ground => (ink, ground)))
            .Concat(statuses.SelectMany(status => new[]
            {
                (status.Ink, status.Tint), (palette.Text, status.Tint), (palette.Surface, status.Ink),
            }))
            .Concat([
                (palette.OnAccent, palette.Accent), (palette.OnAccent, palette.AccentStrong),
                (palette.OnFill, palette.Fill), (palette.OnFill, palette.FillStrong),
                (palette.Accent, palette.AccentTint), (palette.Text, palette.AccentTint), (palette.TextSecondary, palette.AccentTint),
            ]);

        Assert.All(pairs, pair => Assert.True(Contrast(pair.Item1, pair.Item2) >= TextContrast,
            $"{pair.Item1} on {pair.Item2}: {Contrast(pair.Item1, pair.Item2):0.00}"));
    }

    [Theory, MemberData(nameof(Themes))]
    public void InputBorders_StandOutFromTheirGround(string theme)
    {
        var palette = PaletteOf(theme);
        Assert.All(
            new[] { palette.Surface, palette.Canvas },
            ground => Assert.True(Contrast(palette.LineInput, ground) >= ControlContrast));
    }

    [Theory, MemberData(nameof(Themes))]
    public void Statuses_DifferInLightness(string theme)
    {
        var palette = PaletteOf(theme);
        StatusInk[] statuses = [palette.Well, palette.Soon, palette.Wrong, palette.Off];
        double[] lightness = [.. statuses.Select(status => Lightness(status.Ink)).Order()];
        Assert.All(lightness.Zip(lightness.Skip(1)), pair =>
            Assert.True(pair.Second - pair.First >= LightnessGap, $"{pair.First:0.0} and {pair.Second:0.0}"));
    }

    [Fact]
    public void Colours_AreLiteralsInThePaletteAlone()
    {
        string root = Repository.Root;
        var pages = Directory.EnumerateFiles(Path.Combine(root, "src", "ProxyPortal"), "*.razor*", SearchOption.AllDirectories)
            .Where(path => Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar) is var parts
                && !parts.Contains("obj") && !parts.Contains("bin"));
        var sheets = Directory.EnumerateFiles(Path.Combine(root, "wwwroot"), "*.css")
            .Where(path => Path.GetFileName(path) != "theme.css");

        Assert.All(pages.Concat(sheets), path => Assert.DoesNotMatch(ColourLiteral(), File.ReadAllText(path)));
    }

    [Fact]
    public void Stylesheet_IsWrittenFromTheTheme()
    {
        string path = Path.Combine(Repository.Root, "wwwroot", "theme.css");
        string expected = Stylesheet();
        if (Environment.GetEnvironmentVariable("PORTAL_WRITE_THEME") == "1")
            File.WriteAllText(path, expected);
        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    private string Stylesheet()
    {
        string light = Block(PortalPalette.Light, isDark: false);
        string dark = Block(PortalPalette.Dark, isDark: true);
        // More specific than the :root that MudThemeProvider writes into the page, so the attribute decides and not the circuit.
        return $$"""
            /* Written from Components/Theme by ThemeTests: change the palette there, then run the tests with PORTAL_WRITE_THEME=1. */

            html:not([data-theme]),
            html[data-theme="light"] {
            {{light}}}

            html[data-theme="dark"] {
            {{dark}}}

            /* Without scripts the system's choice holds. */
            @media (prefers-color-scheme: dark) {
            html:not([data-theme]) {
            {{dark}}}
            }

            """.ReplaceLineEndings("\n");
    }

    private string Block(PortalPalette palette, bool isDark)
    {
        var css = new StringBuilder();
        css.Append(CultureInfo.InvariantCulture, $"  color-scheme: {(isDark ? "dark" : "light")};\n");
        foreach (var property in typeof(PortalPalette).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            string name = WordStart().Replace(property.Name, "-$0").ToLowerInvariant().TrimStart('-');
            if (property.GetValue(palette) is StatusInk status)
                css.Append(CultureInfo.InvariantCulture, $"  --pp-{name}-ink: {status.Ink};\n  --pp-{name}-tint: {status.Tint};\n");
            else if (property.GetValue(palette) is string colour)
                css.Append(CultureInfo.InvariantCulture, $"  --pp-{name}: {colour};\n");
        }

        string mud = Render<MudThemeProvider>(provider => provider
            .Add(p => p.Theme, PortalTheme.Instance).Add(p => p.IsDarkMode, isDark)).Markup;
        foreach (Match line in ThemedVariable().Matches(mud))
            css.Append(CultureInfo.InvariantCulture, $"  {line.Groups[1].Value}: {line.Groups[2].Value.Trim()};\n");
        return css.ToString();
    }

    private static PortalPalette PaletteOf(string theme) => theme == "dark" ? PortalPalette.Dark : PortalPalette.Light;

    private static double Contrast(string one, string other)
    {
        double[] ordered = [.. new[] { Luminance(one), Luminance(other) }.Order()];
        return (ordered[1] + 0.05) / (ordered[0] + 0.05);
    }

    /// <summary>CIE L*, 0 to 100.</summary>
    private static double Lightness(string colour) => (116 * Math.Cbrt(Luminance(colour))) - 16;

    private static double Luminance(string colour)
    {
        int rgb = int.Parse(colour.AsSpan(1, 6), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (0.2126 * Linear(rgb >> 16)) + (0.7152 * Linear((rgb >> 8) & 0xff)) + (0.0722 * Linear(rgb & 0xff));

        static double Linear(int channel)
        {
            double share = channel / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }
    }

    [GeneratedRegex("[: \"',(]#([0-9a-fA-F]{3,4}){1,2}[ ;\"',)]|\\b(rgba?|hsla?|oklch)\\(")]
    private static partial Regex ColourLiteral();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();

    [GeneratedRegex("(--mud-palette-[a-z0-9-]+|--mud-native-html-color-scheme):([^;]+);")]
    private static partial Regex ThemedVariable();
}
