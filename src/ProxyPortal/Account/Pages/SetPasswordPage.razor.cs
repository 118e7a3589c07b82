using ProxyPortal.Account.Passwords;
using ProxyPortal.Links;

namespace ProxyPortal.Account.Pages;

public partial class SetPasswordPage
{
    private string? _hint;
    private ChosenPassword? _chosen;

    protected override LinkPurpose Purpose => LinkPurpose.SetPassword;

    private async Task SubmitAsync()
    {
        _chosen = await ChooseAsync();
        _hint = _chosen is null ? null : PasswordHints.Of(Field("password"));
    }
}
