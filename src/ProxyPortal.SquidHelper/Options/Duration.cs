using System.CommandLine.Parsing;
using System.Globalization;

namespace ProxyPortal.SquidHelper.Options;

/// <summary>A time span as people write it in configurations: <c>1500ms</c>, <c>60s</c>, <c>5m</c>. The unit is never guessed.</summary>
internal readonly record struct Duration(TimeSpan Value)
{
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
        [("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1))];

    public static bool TryParse(string text, out Duration duration)
    {
        duration = default;
        foreach ((string suffix, TimeSpan unit) in Units)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal))
                continue;
            // Six digits of the largest unit are two years: no overflow to think about.
            string number = text[..^suffix.Length];
            if (number.Length > 6 || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
                return false;
            duration = new Duration(unit * count);
            return true;
        }

        return false;
    }

    public static Duration Parse(ArgumentResult argument, string option, TimeSpan from, TimeSpan to)
    {
        string text = argument.Tokens[^1].Value;
        if (!TryParse(text, out Duration duration) || duration.Value < from || duration.Value > to)
            argument.AddError($"{option} takes {new Duration(from)} to {new Duration(to)}, a whole number with ms, s or m behind it, not '{text}'.");
        return duration;
    }

    public override string ToString() =>
        Value.Milliseconds != 0 ? $"{Value.TotalMilliseconds:F0}ms"
        : Value.Seconds != 0 || Value == TimeSpan.Zero || Value.TotalMinutes < 2 ? $"{Value.TotalSeconds:F0}s"
        : $"{Value.TotalMinutes:F0}m";
}
