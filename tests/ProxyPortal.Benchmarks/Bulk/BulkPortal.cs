using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ProxyPortal.Benchmarks.Bulk;

/// <summary>The management API, as a program would use it.</summary>
internal sealed class BulkPortal : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private readonly HttpClient _client;

    public BulkPortal(Uri portal, string token)
    {
        _client = new HttpClient { BaseAddress = new Uri(portal, "/api/v1/"), Timeout = TimeSpan.FromMinutes(10) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task ImportAsync(int users, DateTimeOffset? end, CancellationToken cancellation)
    {
        var csv = new StringBuilder("userId,displayName,email,groups,tags,notes,validUntil\n");
        for (var i = 0; i < users; i++)
            csv.Append(CultureInfo.InvariantCulture, $"import{i},Imported User {i},import{i}@bench.test,bench,imported,From the other system,{end:O}\n");
        using var body = new StringContent(csv.ToString(), Encoding.UTF8, "text/csv");
        using var answer = await _client.PostAsync(new Uri("users/import?format=csv", UriKind.Relative), body, cancellation);
        await RequireAsync(answer, cancellation);
    }

    /// <summary>Changes everyone who was imported.</summary>
    public async Task ChangeAsync(object change, int users, CancellationToken cancellation)
    {
        using var answer = await _client.PostAsJsonAsync(new Uri("users/bulk", UriKind.Relative), change, cancellation);
        await RequireAsync(answer, cancellation);
        var job = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("id").GetString();
        while (true)
        {
            var told = await _client.GetFromJsonAsync<JsonElement>(new Uri($"users/jobs/{job}", UriKind.Relative), cancellation);
            if (told.GetProperty("state").GetString() is not ("waiting" or "running"))
            {
                var changed = told.GetProperty("changed").GetInt32();
                if (changed != users) throw new IOException($"{changed} of {users} users were changed: {told.GetProperty("problem")}");
                return;
            }
            await Task.Delay(PollInterval, cancellation);
        }
    }

    /// <summary>A change by somebody else.</summary>
    public async Task<bool> TryWriteAsync(int number, CancellationToken cancellation)
    {
        using var answer = await _client.PatchAsJsonAsync(new Uri("users/guessed-0", UriKind.Relative), new { notes = $"note {number}" }, cancellation);
        return answer.IsSuccessStatusCode;
    }

    public void Dispose() => _client.Dispose();

    private static async Task RequireAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (!answer.IsSuccessStatusCode) throw new IOException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
    }
}
