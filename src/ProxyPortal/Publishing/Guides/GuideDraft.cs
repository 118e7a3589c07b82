using System.Globalization;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Guides;

/// <summary>A guide as it is being typed.</summary>
public sealed class GuideDraft
{
    private GuideInput _before;

    private GuideDraft(GuideInput before)
    {
        _before = before;
        (Title, Text, Visibility, Position) = (before.Title, before.Text, before.Visibility, before.Position.ToString(CultureInfo.InvariantCulture));
    }

    public string Title { get; set; }

    public string Text { get; set; }

    public GuideVisibility Visibility { get; set; }

    public string Position { get; set; }

    /// <summary>Whether something was typed that is not saved.</summary>
    public bool IsChanged => ToInput() is not { Succeeded: true } input || input.Value != _before;

    public static GuideDraft Of(GuideInput guide) => new(guide);

    /// <summary>From here on <paramref name="guide"/> is what is saved; what was typed meanwhile stays.</summary>
    public void Saved(GuideInput guide) => _before = guide;

    /// <summary>The fields, or the one in which no number stands.</summary>
    public Result<GuideInput> ToInput() =>
        int.TryParse(Position.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int position)
            ? new GuideInput { Title = Title, Text = Text, Visibility = Visibility, Position = position }
            : GuideInputRules.Check(new GuideInput { Title = "-", Text = "-", Position = -1 })!;
}
