using System.Net;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using ProxyPortal.Tests.Management;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Audit;

/// <summary>The trail for programs, and as a file.</summary>
public sealed class AuditApiTests : IAsyncLifetime
{
    private PortalHost _portal = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync();
        _token = await _portal.AddTokenAsync("audit:read");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task List_FiltersAndPages()
    {
        await WriteAsync("alice", AuditAction.UserChanged);
        await WriteAsync("bob", AuditAction.UserSuspended);
        ApiReply all = await _portal.GetAsync("/audit?pageSize=1", _token);
        Assert.Equal((HttpStatusCode.OK, 2, 1), (all.Status, all.Json["total"]!.GetValue<int>(), all.Json["items"]!.AsArray().Count));
        ApiReply some = await _portal.GetAsync($"/audit?action={AuditAction.UserChanged}&search=ali&from=2020-01-01T00:00:00Z", _token);
        Assert.Equal("alice", some.Json["items"]![0]!["target"]!.GetValue<string>());
        Assert.Equal("x", some.Json["items"]![0]!["after"]!["notes"]!.GetValue<string>());
        Assert.Equal(64, some.Json["items"]![0]!["hash"]!.GetValue<string>().Length);
    }

    [Fact]
    public async Task List_OtherScope_Is403AndNoted()
    {
        string other = await _portal.AddTokenAsync("users:write");
        (await _portal.GetAsync("/audit", other)).IsProblem(403, "forbidden");
        (await _portal.GetAsync("/audit/export", other)).IsProblem(403, "forbidden");
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        Assert.Equal(2, await db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.Refused && entry.ActorName.StartsWith("api:"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Export_Csv_IsHarmlessInASpreadsheetAndItselfAnEntry()
    {
        await WriteAsync("=HYPERLINK(\"http://evil.example\")", AuditAction.UserChanged);
        ApiReply file = await _portal.GetAsync("/audit/export?format=csv", _token);
        Assert.Equal((HttpStatusCode.OK, "text/csv"), (file.Status, file.MediaType));
        string[] lines = file.Text.TrimStart('\uFEFF').Split("\r\n");
        Assert.StartsWith("id,at,actorId,actor,", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\"", lines[1], StringComparison.Ordinal);
        ApiReply json = await _portal.GetAsync("/audit/export?format=jsonl", _token);
        Assert.Equal(3, json.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains(AuditAction.AuditExported, json.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_InTheBrowser_IsForThoseWhoMayReadTheTrail()
    {
        await _portal.AddUserAsync("auditor", PortalRole.Auditor, adjust: user => user.RequireSecondFactor = false);
        await _portal.AddUserAsync("operator", PortalRole.Operator, adjust: user => user.RequireSecondFactor = false);
        foreach ((string who, HttpStatusCode status) in ((string, HttpStatusCode)[])[("auditor", HttpStatusCode.OK), ("operator", HttpStatusCode.Forbidden)])
        {
            using HttpClient browser = _portal.Browser();
            await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", who), ("password", PortalHost.Password));
            Assert.Equal((who, status), (who, (await browser.GetAsync(PortalUrls.AuditFile, TestContext.Current.CancellationToken)).StatusCode));
        }
        using HttpClient nobody = _portal.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync(PortalUrls.AuditFile, TestContext.Current.CancellationToken)).StatusCode);
    }

    private Task WriteAsync(string target, string action) =>
        _portal.Get<AuditTrail>().WriteAsync(Actor.Portal, action, new AuditTarget("user", null, target), new { Notes = "x" }, TestContext.Current.CancellationToken);
}
