using System.Text.Json;
using Microsoft.Playwright;

namespace ProxyPortal.EndToEndTests.Walk;

/// <summary>The fingerprint reader of a visitor's laptop: Chromium's own virtual authenticator, which always recognises its owner.</summary>
internal sealed class PasskeyDevice
{
    private readonly ICDPSession _session;
    private readonly string _id;

    private PasskeyDevice(ICDPSession session, string id) => (_session, _id) = (session, id);

    public static async Task<PasskeyDevice> PlugInAsync(Visitor visitor)
    {
        ICDPSession session = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        // Without its own dialogs: nobody is there to press them.
        await session.SendAsync("WebAuthn.enable", new Dictionary<string, object> { ["enableUI"] = false });
        JsonElement? added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new PasskeyDevice(session, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>From now on the finger is on the reader, or is not.</summary>
    public Task TouchAsync(bool present) =>
        _session.SendAsync("WebAuthn.setAutomaticPresenceSimulation", new Dictionary<string, object> { ["authenticatorId"] = _id, ["enabled"] = present });

    public async Task<int> CountAsync()
    {
        JsonElement? held = await _session.SendAsync("WebAuthn.getCredentials", new Dictionary<string, object> { ["authenticatorId"] = _id });
        return held!.Value.GetProperty("credentials").GetArrayLength();
    }
}
