using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProxyPortal.Tests.Data;

/// <summary>Asks SQLite how it carries out each command, and keeps those that go through a whole table of those that grow.</summary>
internal sealed partial class ScanFinder : DbCommandInterceptor
{
    private static readonly HashSet<string> Growing =
    [
        "users", "devices", "group_members", "former_secrets", "directory_changes", "audit_entries", "notices", "mails", "one_time_links", "sign_in_sessions",
        "verification_events", "verification_rollups", "access_requests", "password_reset_requests", "idempotent_calls",
    ];

    private readonly ConcurrentDictionary<string, string> _scans = new(StringComparer.Ordinal);

    /// <summary>Each such command, with the line of its plan.</summary>
    public IReadOnlyCollection<string> Scans => [.. _scans.Select(scan => $"{scan.Value}\n{scan.Key}").Order(StringComparer.Ordinal)];

    public void Clear() => _scans.Clear();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Look(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Look(command);
        return ValueTask.FromResult(result);
    }

    private void Look(DbCommand command)
    {
        if (!Statement().IsMatch(command.CommandText) || _scans.ContainsKey(command.CommandText))
            return;
        using DbCommand plan = command.Connection!.CreateCommand();
        plan.Transaction = command.Transaction;
        foreach (string one in command.CommandText.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(text => Statement().IsMatch(text)))
        {
            plan.CommandText = "EXPLAIN QUERY PLAN " + one;
            plan.Parameters.Clear();
            foreach (DbParameter parameter in command.Parameters)
            {
                DbParameter copy = plan.CreateParameter();
                (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
                plan.Parameters.Add(copy);
            }
            using DbDataReader lines = plan.ExecuteReader();
            while (lines.Read())
                Keep(command.CommandText, one, lines.GetString(3));
        }
    }

    // A plan calls a table by the alias of the query.
    private void Keep(string text, string statement, string line)
    {
        if (Scan().Match(line) is not { Success: true } scan)
            return;
        string alias = scan.Groups[1].Value;
        string table = Regex.Match(statement, $"\"(\\w+)\" AS \"{alias}\"") is { Success: true } named ? named.Groups[1].Value : alias;
        if (Growing.Contains(table))
            _scans.TryAdd(text, line);
    }

    [GeneratedRegex(@"^\s*(SELECT|UPDATE|DELETE|INSERT|WITH)\b")]
    private static partial Regex Statement();

    [GeneratedRegex(@"^SCAN (\w+)")]
    private static partial Regex Scan();
}
