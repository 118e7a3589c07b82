using Microsoft.AspNetCore.Http;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>Which dialect a request target reaches.</summary>
public sealed class DialectTableTests
{
    private readonly DialectTable _table = new([new Named("/one"), new Named("/two/exact"), new Named("/below/")]);

    [Theory]
    [InlineData("/one", "/one")]
    [InlineData("/one?", "/one")]
    [InlineData("/one?next=/a/../b", "/one")]
    [InlineData("/two/exact?a=b", "/two/exact")]
    [InlineData("/below/", "/below/")]
    [InlineData("/below/any/path.html?a=%2e%2e", "/below/")]
    [InlineData("/below/%20", "/below/")]
    [InlineData("/below//http://a.example/...", "/below/")]
    public void Find_CleanTarget_IsTheDialectOfItsPath(string target, string path)
    {
        Assert.Equal(path, _table.Find(target, out VerifyFault? fault)?.Path);
        Assert.Null(fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("/")]
    [InlineData("/ONE")]
    [InlineData("/one/")]
    [InlineData("//one")]
    [InlineData("/one;x")]
    [InlineData("/%6fne")]
    [InlineData("http://a/one")]
    [InlineData("/below")]
    [InlineData("/two%2fexact")]
    public void Find_AnythingElse_IsNotThere(string target)
    {
        Assert.Null(_table.Find(target, out VerifyFault? fault));
        Assert.Equal(VerifyFault.NotFound, fault);
    }

    [Theory]
    [InlineData("/below/..")]
    [InlineData("/below/../one")]
    [InlineData("/below/./x")]
    [InlineData("/below/a/%2e%2e/x")]
    [InlineData("/below/%2E./x?a=b")]
    [InlineData("/below/..%2f..%2fone")]
    [InlineData("/below/..\\one")]
    [InlineData("/below/%252e%252e%255cone")]
    [InlineData("/elsewhere/../one")]
    public void Find_DotSegments_AreAFaultOfTheTarget(string target)
    {
        Assert.Null(_table.Find(target, out VerifyFault? fault));
        Assert.Equal(VerifyFault.Target, fault);
    }

    [Fact]
    public void Create_TwoDialectsAtOnePath_IsRefused() => Assert.Throws<ArgumentException>(() => new DialectTable([new Named("/one"), new Named("/one")]));

    private sealed class Named(string path) : IDialect
    {
        public string Path => path;

        public Task AnswerAsync(HttpContext context, CallerModel caller) => Task.CompletedTask;
    }
}
