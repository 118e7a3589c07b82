using ProxyPortal.Links;

namespace ProxyPortal.Devices;

/// <summary>What is handed over for a device, once: its secret, or a link that makes one on the device itself.</summary>
/// <param name="Login">What is typed to the proxy.</param>
/// <param name="Text">The secret or the link.</param>
/// <param name="IsLink">Which of the two.</param>
/// <param name="Until">Until when the link works, or the secret before this one does too; null = it does not.</param>
/// <param name="Waits">The device works only once somebody approves it.</param>
public sealed record DeviceHandover(string Login, string Text, bool IsLink, DateTimeOffset? Until, bool Waits)
{
    public static DeviceHandover Of(IssuedDeviceSecret issued) => new(issued.Login, issued.Secret, IsLink: false, issued.FormerUntil, issued.Status is DeviceStatus.Requested);

    public static DeviceHandover Of(string login, IssuedLink link) => new(login, link.Url, IsLink: true, link.ExpiresAt, Waits: false);
}
