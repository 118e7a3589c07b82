using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Audit;

public enum AuditFileFormat
{
    Csv = 0,

    /// <summary>One JSON object in each line.</summary>
    JsonLines = 1,
}

/// <summary>The trail as a file, oldest first, read and written piece by piece.</summary>
public sealed class AuditExport(IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit)
{
    private const int RowsAtOnce = 1000;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The lines of the file. That somebody takes them away is itself an entry. Errors: <c>search_too_long</c>.</summary>
    public async Task<Result<IAsyncEnumerable<string>>> ReadAsync(Actor actor, AuditQuery query, AuditFileFormat format, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadAudit, "export", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (db.Matching(query).Error is { } fault)
            return fault;
        await audit.WriteAsync(actor, AuditAction.AuditExported, new AuditTarget("audit", null, format.ToString()),
            new { query.Search, query.Action, query.ActorId, query.TargetId, query.From, query.To }, cancellationToken);
        return ResultOf(LinesAsync(query, await access.ScopeOfAsync(actor, cancellationToken), format, cancellationToken));
    }

    private async IAsyncEnumerable<string> LinesAsync(AuditQuery query, RoleScope scope, AuditFileFormat format, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (format is AuditFileFormat.Csv)
            yield return "id,at,actorId,actor,address,action,targetKind,targetId,target,before,after,hash\r\n";
        // By key and not in one long query: nobody shall wait for a slow reader.
        long last = 0;
        for (int read = RowsAtOnce; read == RowsAtOnce;)
        {
            await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
            List<AuditEntry> entries = await scope.Of(db.Matching(query).Value, db.Users).Where(entry => entry.Id > last).OrderBy(entry => entry.Id).Take(RowsAtOnce).ToListAsync(cancellationToken);
            foreach (AuditEntry entry in entries)
                yield return format is AuditFileFormat.Csv ? Csv(entry) : JsonSerializer.Serialize(AuditAnswer.Of(entry), Json) + "\n";
            (read, last) = (entries.Count, entries.Count > 0 ? entries[^1].Id : last);
        }
    }

    private static string Csv(AuditEntry entry)
    {
        string?[] fields =
        [
            entry.Id.ToString(CultureInfo.InvariantCulture), entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), entry.ActorId?.ToString(), entry.ActorName, entry.Address,
            entry.Action, entry.TargetKind, entry.TargetId?.ToString(), entry.TargetName, entry.Before, entry.After, entry.Hash is null ? null : Convert.ToHexStringLower(entry.Hash),
        ];
        var line = new StringBuilder();
        foreach (string? field in fields)
            line.Append(line.Length > 0 ? "," : "").Append('"').Append(Harmless(field).Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        return line.Append("\r\n").ToString();
    }

    // A spreadsheet computes what begins like a formula, and names are chosen by those who are audited.
    private static string Harmless(string? field) => field is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? "'" + field : field ?? "";

    private static Result<T> ResultOf<T>(T value) => value;
}
