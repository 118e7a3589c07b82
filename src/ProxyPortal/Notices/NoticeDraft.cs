using System.Text.Json;

namespace ProxyPortal.Notices;

/// <summary>A notice before it is known whether it was given already.</summary>
/// <param name="UserId">Who is told.</param>
/// <param name="Kind">Of what.</param>
/// <param name="Key">See <see cref="Notice.Key"/>.</param>
/// <param name="Values">The values of its words, by the names in <see cref="NoticeValues"/>.</param>
internal sealed record NoticeDraft(Guid UserId, NoticeKind Kind, string Key, NoticeValues Values);

/// <summary>The values of a notice; which are there depends on its kind.</summary>
/// <param name="What">The thing it is about: a device's login, a token's name, the change to a second factor.</param>
/// <param name="At">When it happened, or will.</param>
/// <param name="By">Who did it, where that is somebody else.</param>
/// <param name="Address">From where.</param>
/// <param name="Word">A reason that somebody gave.</param>
/// <param name="Yes">Whether a request was granted.</param>
/// <param name="Days">Days until an end; negative: since.</param>
/// <param name="Other">Another address it goes to as well; what ends of an endpoint.</param>
internal sealed record NoticeValues(
    string? What = null, DateTimeOffset? At = null, string? By = null, string? Address = null, string? Word = null, bool? Yes = null, int? Days = null, string? Other = null)
{
    /// <summary><see cref="Other"/> of a request that is about a device.</summary>
    public const string Device = "device";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static NoticeValues FromJson(string json) => JsonSerializer.Deserialize<NoticeValues>(json, Json)!;
}
