namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>Refusals of formats that cannot carry a login or a secret.</summary>
internal static class Unwritable
{
    /// <summary>A refusal in the words of <paramref name="why"/>, a sentence without values.</summary>
    internal static Error Because(string why) => new("client_cannot_write", why, "secret");
}
