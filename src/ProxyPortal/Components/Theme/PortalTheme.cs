using MudBlazor;

namespace ProxyPortal.Components.Theme;

/// <summary>The one MudBlazor theme. Colours come from <see cref="PortalPalette"/>; surfaces are flat with hairline borders, and only
/// what floats above the page casts a shadow. Which of the two palettes shows is decided by the browser before the first paint
/// (<c>js/theme.js</c> and <c>theme.css</c>), not by the circuit, so nothing flashes and no round trip is needed to switch.</summary>
public static class PortalTheme
{
    private const int ElevationSteps = 26;
    private const int FirstFloatingStep = 4;

    private static readonly string[] Sans =
        ["system-ui", "-apple-system", "Segoe UI Variable Text", "Segoe UI", "Roboto", "Noto Sans", "Helvetica Neue", "sans-serif"];

    public static MudTheme Instance { get; } = new()
    {
        PaletteLight = Fill(new PaletteLight(), PortalPalette.Light),
        PaletteDark = Fill(new PaletteDark(), PortalPalette.Dark),
        Typography = Type(),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", AppbarHeight = "56px", DrawerWidthLeft = "240px" },
        Shadows = new Shadow { Elevation = [.. Enumerable.Range(0, ElevationSteps).Select(Elevation)] },
    };

    private static string Elevation(int step) => step switch
    {
        0 => "none",
        < FirstFloatingStep => "0 0 0 1px var(--pp-line)",
        _ => "0 0 0 1px var(--pp-line), 0 8px 24px var(--pp-shadow)",
    };

    private static T Fill<T>(T mud, PortalPalette from) where T : Palette
    {
        mud.Black = PortalPalette.Light.Text;
        mud.White = PortalPalette.Light.Surface;
        (mud.Primary, mud.PrimaryDarken, mud.PrimaryLighten, mud.PrimaryContrastText) =
            (from.Accent, from.AccentStrong, from.AccentTint, from.OnAccent);
        (mud.Secondary, mud.SecondaryDarken, mud.SecondaryLighten, mud.SecondaryContrastText) =
            (from.TextSecondary, from.Text, from.Hover, from.Surface);
        (mud.Tertiary, mud.TertiaryDarken, mud.TertiaryLighten, mud.TertiaryContrastText) =
            (from.TextMuted, from.TextSecondary, from.Hover, from.Surface);
        (mud.Info, mud.InfoDarken, mud.InfoLighten, mud.InfoContrastText) =
            (from.Accent, from.AccentStrong, from.AccentTint, from.OnAccent);
        (mud.Success, mud.SuccessDarken, mud.SuccessLighten, mud.SuccessContrastText) =
            (from.Well.Ink, from.Well.Ink, from.Well.Tint, from.Surface);
        (mud.Warning, mud.WarningDarken, mud.WarningLighten, mud.WarningContrastText) =
            (from.Soon.Ink, from.Soon.Ink, from.Soon.Tint, from.Surface);
        (mud.Error, mud.ErrorDarken, mud.ErrorLighten, mud.ErrorContrastText) =
            (from.Wrong.Ink, from.Wrong.Ink, from.Wrong.Tint, from.Surface);
        (mud.Dark, mud.DarkDarken, mud.DarkLighten, mud.DarkContrastText) =
            (from.Text, from.Text, from.TextSecondary, from.Surface);

        mud.TextPrimary = from.Text;
        mud.TextSecondary = from.TextSecondary;
        mud.TextDisabled = from.TextDisabled;
        mud.ActionDefault = from.TextSecondary;
        mud.ActionDisabled = from.TextDisabled;
        mud.ActionDisabledBackground = from.Hover;
        mud.Background = from.Canvas;
        mud.BackgroundGray = from.Sunken;
        mud.Surface = from.Surface;
        mud.DrawerBackground = from.Canvas;
        mud.DrawerText = from.TextSecondary;
        mud.DrawerIcon = from.TextMuted;
        mud.AppbarBackground = from.Canvas;
        mud.AppbarText = from.Text;
        mud.LinesDefault = from.Line;
        mud.LinesInputs = from.LineInput;
        mud.TableLines = from.Line;
        mud.TableStriped = from.Sunken;
        mud.TableHover = from.Hover;
        mud.Divider = from.Line;
        mud.DividerLight = from.Line;
        mud.Skeleton = from.Hover;
        (mud.GrayLighter, mud.GrayLight, mud.GrayDefault, mud.GrayDark, mud.GrayDarker) =
            (from.Line, from.LineStrong, from.LineInput, from.TextMuted, from.TextSecondary);
        mud.OverlayDark = from.Scrim;
        mud.OverlayLight = from.Scrim;
        mud.RippleOpacity = 0;
        mud.RippleOpacitySecondary = 0;
        return mud;
    }

    private static Typography Type() => new()
    {
        Default = Step<DefaultTypography>("0.875rem", "400", "1.4286"),
        H1 = Step<H1Typography>("1.5rem", "600", "1.3333", "-0.015em"),
        H2 = Step<H2Typography>("1.25rem", "600", "1.4", "-0.01em"),
        H3 = Step<H3Typography>("1rem", "600", "1.5"),
        H4 = Step<H4Typography>("0.875rem", "600", "1.4286"),
        H5 = Step<H5Typography>("0.875rem", "600", "1.4286"),
        H6 = Step<H6Typography>("0.875rem", "600", "1.4286"),
        Subtitle1 = Step<Subtitle1Typography>("0.875rem", "500", "1.4286"),
        Subtitle2 = Step<Subtitle2Typography>("0.8125rem", "500", "1.5385"),
        Body1 = Step<Body1Typography>("0.875rem", "400", "1.4286"),
        Body2 = Step<Body2Typography>("0.8125rem", "400", "1.5385"),
        Button = Step<ButtonTypography>("0.875rem", "500", "1.4286"),
        Caption = Step<CaptionTypography>("0.75rem", "400", "1.3333"),
        Overline = Step<OverlineTypography>("0.75rem", "500", "1.3333"),
    };

    private static T Step<T>(string size, string weight, string lineHeight, string letterSpacing = "normal")
        where T : BaseTypography, new() =>
        new()
        {
            FontFamily = Sans,
            FontSize = size,
            FontWeight = weight,
            LineHeight = lineHeight,
            LetterSpacing = letterSpacing,
            TextTransform = "none",
        };
}
