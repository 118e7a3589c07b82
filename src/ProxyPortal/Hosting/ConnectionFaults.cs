using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ProxyPortal.Hosting;

/// <summary>The connection string: <c>ConnectionStrings:Portal</c>, or a file that holds it, because it may hold a password.</summary>
internal static class ConnectionFaults
{
    private const string Key = "ConnectionStrings:Portal";
    private const string FileKey = "ConnectionStrings:PortalFile";

    public static string? Read(IConfiguration configuration) =>
        configuration[FileKey] is { } file ? File.ReadAllText(file).TrimEnd('\r', '\n') : configuration[Key];

    /// <returns>The faults, without the values: they may hold a password.</returns>
    public static IEnumerable<string> Find(IConfiguration configuration)
    {
        foreach (IConfigurationSection other in configuration.GetSection("ConnectionStrings").GetChildren().Where(child => !IsOurs(child.Path)))
            yield return $"{other.Path} is not a known key.";
        if (configuration[FileKey] is { } file && (configuration[Key] is not null || !File.Exists(file)))
        {
            yield return configuration[Key] is not null ? $"Give {Key} or {FileKey}, not both." : $"{FileKey} must be a file that exists (was \"{file}\").";
            yield break;
        }
        if (Read(configuration) is { } text && Fault(text, configuration["Database:Provider"]) is { } fault)
            yield return $"{Key} is not a connection string for {configuration["Database:Provider"] ?? "Sqlite"}: {fault}";
    }

    private static bool IsOurs(string path) => path.Equals(Key, StringComparison.OrdinalIgnoreCase) || path.Equals(FileKey, StringComparison.OrdinalIgnoreCase);

    private static string? Fault(string text, string? provider)
    {
        try
        {
            DbConnectionStringBuilder parsed = string.Equals(provider, "Postgres", StringComparison.OrdinalIgnoreCase)
                ? new NpgsqlConnectionStringBuilder(text) : new SqliteConnectionStringBuilder(text);
            return parsed is SqliteConnectionStringBuilder { DataSource: "" } ? "Data Source is missing." : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            return exception.Message;
        }
    }
}
