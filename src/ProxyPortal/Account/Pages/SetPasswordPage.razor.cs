using Microsoft.EntityFrameworkCore;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Links;

namespace ProxyPortal.Account.Pages;

public partial class SetPasswordPage
{
    private string? _hint;
    private ChosenPassword? _chosen;

    protected override LinkPurpose Purpose => LinkPurpose.SetPassword;

    private bool _hasDevices;

    protected override async Task ReadAsync(OneTimeLink link)
    {
        await base.ReadAsync(link);
        await using PortalDbContext db = await Contexts.CreateDbContextAsync(Aborted);
        _hasDevices = await db.Devices.AnyAsync(device => device.UserId == link.UserId && device.State != DeviceState.Revoked, Aborted);
    }

    private async Task SubmitAsync()
    {
        _chosen = await ChooseAsync();
        _hint = _chosen is null ? null : PasswordHints.Of(Field("password"), T);
    }
}
