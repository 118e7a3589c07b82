using ProxyPortal.Integrations.Recipes;
using Xunit;

namespace ProxyPortal.Tests.Integrations;

/// <summary>The configurations on the page of a proxy are those of the documentation, with this proxy's own values and none of the documentation's left.</summary>
public sealed class RecipeTests
{
    private static readonly RecipeValues Plain = new(new Uri("http://10.1.2.3:9999"), "branch.two", 8443);
    private static readonly RecipeValues Tls = new(new Uri("https://portal.example.test:9999"), "branch.two", 8443);

    public static TheoryData<string, int> Files => [.. ProxyRecipe.All.SelectMany(recipe => recipe.Files.Select((_, index) => (recipe.Id, index)))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Render_HoldsThisProxysValues_AndNoneOfTheDocumentations(string id, int index)
    {
        RecipeFile file = ProxyRecipe.Find(id)!.Files[index];
        foreach (RecipeValues values in (RecipeValues[])[Plain, Tls])
        {
            string text = RecipeText.Render(file, values);
            Assert.NotEmpty(text);
            foreach (string shown in (string[])["127.0.0.1:5081", "endpoint=hq", ":3128", "```"])
                Assert.DoesNotContain(shown, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("haproxy", 2, "http://10.1.2.3:9999/auth/forward?ok=200&deny=407&endpoint=branch.two", "https://portal.example.test:9999/auth/forward")]
    [InlineData("nginx", 1, "server 10.1.2.3:9999;", "proxy_pass https://proxyportal/auth/forward")]
    [InlineData("nginx", 1, "listen 127.0.0.1:8443", "proxy_ssl_name portal.example.test;")]
    [InlineData("caddy", 1, "forward_auth 10.1.2.3:9999 {", "forward_auth https://portal.example.test:9999 {")]
    [InlineData("freeradius", 1, "uri = \"http://10.1.2.3:9999/auth/forward?ok=204&deny=401&endpoint=branch.two", "uri = \"https://portal.example.test:9999/")]
    [InlineData("envoy", 0, "uri: \"http://10.1.2.3:9999\"", "uri: \"https://portal.example.test:9999\"")]
    public void Render_PutsTheValuesWhereTheProxyLooks(string id, int index, string plain, string tls)
    {
        RecipeFile file = ProxyRecipe.Find(id)!.Files[index];
        Assert.Contains(plain, RecipeText.Render(file, Plain), StringComparison.Ordinal);
        Assert.Contains(tls, RecipeText.Render(file, Tls), StringComparison.Ordinal);
    }

    // What the end-to-end tests load into the real proxies is what the page shows for the documentation's own values.
    [Theory]
    [MemberData(nameof(Files))]
    public void Render_WithTheDocumentationsValues_IsTheDocumentation(string id, int index)
    {
        RecipeFile file = ProxyRecipe.Find(id)!.Files[index];
        if (file.Source is null)
            return;
        string text = RecipeText.Render(file, new RecipeValues(new Uri("http://127.0.0.1:5081"), "hq", 3128));
        using var reader = new StreamReader(typeof(RecipeText).Assembly.GetManifestResourceStream($"integrations/{file.Source}")!);
        Assert.Contains(text, reader.ReadToEnd(), StringComparison.Ordinal);
    }
}
