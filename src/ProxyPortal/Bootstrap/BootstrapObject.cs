using System.Globalization;
using System.Text.Json;

namespace ProxyPortal.Bootstrap;

/// <summary>One JSON object of the file. Reads its members, and notes as faults all that cannot be read: the walk never stops early.</summary>
internal sealed class BootstrapObject
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly BootstrapFaults _faults;
    private readonly bool _isNoObject;

    public BootstrapObject(JsonElement element, string path, BootstrapFaults faults, params IEnumerable<string> known)
    {
        (Path, _faults) = (path, faults);
        if (element.ValueKind is not JsonValueKind.Object)
        {
            faults.Add(path, "must be an object.");
            _isNoObject = true;
            return;
        }
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!known.Contains(property.Name, StringComparer.Ordinal))
                faults.Add(At(property.Name), $"is not a known key; they are {string.Join(", ", known)}.");
            else if (!_members.TryAdd(property.Name, property.Value))
                faults.Add(At(property.Name), "is given twice.");
        }
    }

    public string Path { get; }

    public BootstrapFaults Faults => _faults;

    public bool Names(string key) => _members.ContainsKey(key);

    public string At(string key) => $"{Path}.{key}";

    public string? RequiredText(string key)
    {
        if (_isNoObject)
            return null;
        if (!_members.TryGetValue(key, out JsonElement member))
        {
            _faults.Add(At(key), "is missing.");
            return null;
        }
        return TextOf(member, At(key));
    }

    public Given<string> Text(string key) => Read(key, element => TextOf(element, At(key)));

    public Given<int?> Whole(string key, int least, int most) => Read<int?>(key, element => WholeOf(element, At(key), least, most));

    public Given<bool?> Flag(string key) => Read<bool?>(key, element =>
        element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : Wrong<bool?>(At(key), "must be true or false."));

    // With its offset always: a time without one would mean something else on every machine.
    public Given<DateTimeOffset?> Time(string key) => Read<DateTimeOffset?>(key, element =>
        TextOf(element, At(key)) is not { } text ? null
        : text.Length > 16 && (text[^1] == 'Z' || text[^6] is '+' or '-') && DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
            ? time : Wrong<DateTimeOffset?>(At(key), "must be a time with its offset from UTC, such as 2027-12-31T00:00:00Z."));

    public Given<IReadOnlyList<string>> Texts(string key) => Read<IReadOnlyList<string>>(key, element => [.. Elements(element, At(key)).Select(item => TextOf(item.Element, item.Path)).OfType<string>()]);

    public Given<IReadOnlyList<int>> Wholes(string key, int least, int most) =>
        Read<IReadOnlyList<int>>(key, element => [.. Elements(element, At(key)).Select(item => WholeOf(item.Element, item.Path, least, most)).OfType<int>()]);

    public Given<IReadOnlyList<DateOnly>> Days(string key) => Read<IReadOnlyList<DateOnly>>(key, element => [.. Elements(element, At(key)).Select(item =>
        TextOf(item.Element, item.Path) is not { } text ? (DateOnly?)null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day
        : Wrong<DateOnly?>(item.Path, "must be a day such as 2026-12-25.")).OfType<DateOnly>()]);

    public IEnumerable<(JsonElement Element, string Path)> Items(string key) =>
        _members.TryGetValue(key, out JsonElement member) && member.ValueKind is not JsonValueKind.Null ? Elements(member, At(key)) : [];

    public JsonElement? Member(string key) => _members.TryGetValue(key, out JsonElement member) && member.ValueKind is not JsonValueKind.Null ? member : null;

    private Given<T> Read<T>(string key, Func<JsonElement, T?> read) =>
        !_members.TryGetValue(key, out JsonElement member) ? default
        : new Given<T>(true, member.ValueKind is JsonValueKind.Null ? default : read(member));

    private List<(JsonElement Element, string Path)> Elements(JsonElement element, string path)
    {
        if (element.ValueKind is JsonValueKind.Array)
            return [.. element.EnumerateArray().Select((item, i) => (item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]")))];
        _faults.Add(path, "must be a list.");
        return [];
    }

    private int? WholeOf(JsonElement element, string path, int least, int most) =>
        element.ValueKind is JsonValueKind.Number && element.TryGetInt32(out int value) && value >= least && value <= most
            ? value : Wrong<int?>(path, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}."));

    private string? TextOf(JsonElement element, string path)
    {
        try
        {
            return element.ValueKind is JsonValueKind.String ? element.GetString() : Wrong<string>(path, "must be text.");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not UTF-8.
            return Wrong<string>(path, "is not well-formed Unicode text.");
        }
    }

    private T? Wrong<T>(string path, string message)
    {
        _faults.Add(path, message);
        return default;
    }
}
