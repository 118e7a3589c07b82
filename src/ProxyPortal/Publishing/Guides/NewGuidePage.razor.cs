using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Languages;
using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Publishing.Guides;

/// <summary>Names a guide, and goes on to where it is written.</summary>
public partial class NewGuidePage
{
    private const string FirstText = "## First\n\n1. Say what to do, one step to a line.\n";
    private const int AfterTheShipped = 100;
    private static readonly string[] Fields = ["title", "slug", "language"];
    private string _title = "";
    private string _slug = "";
    private string _language = PortalLanguages.Default.TwoLetterISOLanguageName;
    private bool _isCreated;

    [Inject]
    public required GuideService Guides { get; init; }

    protected override bool SaysFaults => true;

    protected override Task OnInitializedAsync() => ReloadAsync();

    private Task ReloadAsync() => LoadAsync(actor => Task.FromResult(actor.May(Permission.EditPublications) ? null : AccessControl.Forbidden));

    private Task CreateAsync() => _isCreated ? Task.CompletedTask : SubmitAsync(async actor =>
    {
        string slug = _slug.Trim();
        Result created = await Guides.CreateAsync(actor, slug, _language, new GuideInput { Title = _title, Text = FirstText, Position = AfterTheShipped }, CancellationToken.None);
        if (created.Error is { } fault)
            return fault;
        _isCreated = true;
        GoOn(PortalUrls.GuideEditor(slug, _language));
        return null;
    });
}
