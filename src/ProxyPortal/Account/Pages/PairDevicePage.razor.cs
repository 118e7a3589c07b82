using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Links;

namespace ProxyPortal.Account.Pages;

/// <summary>Where a pairing link leads: the secret is made, and the link used up, by the button and by nothing else.</summary>
public partial class PairDevicePage
{
    private string? _login;
    private IssuedDeviceSecret? _issued;

    [Inject]
    private DeviceSecretService Secrets { get; init; } = null!;

    protected override LinkPurpose Purpose => LinkPurpose.PairDevice;

    protected override async Task ReadAsync(OneTimeLink link)
    {
        await using PortalDbContext db = await Contexts.CreateDbContextAsync(Aborted);
        var names = await db.Devices.Where(row => row.Id == link.DeviceId).Select(row => new { row.User!.UserName, row.Name }).SingleOrDefaultAsync(Aborted);
        _login = names is null ? null : $"{names.UserName}{LoginName.DeviceSeparator}{names.Name}";
    }

    private async Task SubmitAsync()
    {
        if (!ReadForm())
            return;
        Result<IssuedDeviceSecret> issued = await Secrets.PairAsync(Visitor, Token, Aborted);
        if (!issued.Succeeded)
        {
            Close();
            return;
        }
        _issued = issued.Value;
        Forget();
    }
}
