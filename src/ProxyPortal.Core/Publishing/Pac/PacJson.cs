using System.Text.Json.Serialization;

namespace ProxyPortal.Core.Publishing.Pac;

[JsonSerializable(typeof(string))]
internal sealed partial class PacJson : JsonSerializerContext;
