using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Users.Jobs;

namespace ProxyPortal.Users.Import;

/// <summary>Takes users over from a file. The file stays in memory, because an htpasswd file holds hashes, and goes with the page.</summary>
public partial class ImportUsersPage
{
    private const int ReadAtOnce = 64 * 1024;
    private UserImportOptions _options = new(UserImportFormat.Csv);
    private byte[]? _file;
    private int? _sent;
    private IReadOnlyList<string>? _header;
    private string?[] _mapping = [];
    private UserImportPlan? _plan;
    private UserJob? _job;

    [Inject]
    public required UserImportService Import { get; init; }

    protected override bool SaysFaults => true;

    private string FormatHint => _options.Format is UserImportFormat.Csv
        ? "The first row names the columns: userId, displayName, email, kind, groups, tags, owner, validFrom, validUntil, daysFromFirstUse, notes. Several groups or tags stand in one cell, separated by semicolons. Times as 2027-12-31 or 2027-12-31T18:00Z."
        : "Passwords go on working: bcrypt, apr1 and SHA-crypt. {SHA}, DES crypt and passwords in clear are refused.";

    private static string FileHint => $"UTF-8, at most {ImportText.MaxBytes / 1024 / 1024} MB and {ImportText.MaxRows:N0} rows.";

    protected override Task OnInitializedAsync() => ReloadAsync();

    private Task ReloadAsync() => LoadAsync(actor => Task.FromResult(actor.May(Permission.EditUsers) ? null : AccessControl.Forbidden));

    private Task OnFileAsync(InputFileChangeEventArgs chosen) => SubmitAsync(async actor =>
    {
        (_file, _header, _plan, _job) = (null, null, null, null);
        if (chosen.File.Size > ImportText.MaxBytes)
            return ImportText.TooLarge;
        try
        {
            _file = await ReadAsync(chosen.File);
        }
        finally
        {
            _sent = null;
        }
        return await LookAsync(actor);
    });

    private async Task<byte[]> ReadAsync(IBrowserFile chosen)
    {
        byte[] file = new byte[chosen.Size];
        await using Stream stream = chosen.OpenReadStream(ImportText.MaxBytes, Gone);
        for (int at = 0; at < file.Length;)
        {
            int read = await stream.ReadAsync(file.AsMemory(at, Math.Min(ReadAtOnce, file.Length - at)), Gone);
            if (read == 0)
                return file[..at];
            at += read;
            _sent = (int)(100L * at / file.Length);
            StateHasChanged();
        }
        return file;
    }

    // Another file or format: its columns anew, by their names.
    private async Task<Error?> LookAsync(Actor actor)
    {
        (_header, _mapping) = (null, []);
        if (_file is null)
            return null;
        if (_options.Format is UserImportFormat.Csv)
        {
            Result<IReadOnlyList<string>> header = await Import.ReadHeaderAsync(actor, _file, Gone);
            if (header.Error is { } error)
                return error;
            _header = header.Value;
            _mapping = [.. _header.Select(ImportColumns.FieldOf)];
        }
        return await PlanAsync(actor);
    }

    private async Task<Error?> PlanAsync(Actor actor)
    {
        _plan = null;
        if (_file is null)
            return null;
        Result<UserImportPlan> plan = await Import.PreviewAsync(actor, _file, Wanted, Gone);
        _plan = plan.Succeeded ? plan.Value : null;
        return plan.Error;
    }

    private UserImportOptions Wanted => _options with { Mapping = _options.Format is UserImportFormat.Csv ? _mapping : null };

    private Task OnFormatAsync(ChangeEventArgs change)
    {
        _options = _options with { Format = Enum.Parse<UserImportFormat>((string)change.Value!) };
        _plan = null;
        return SubmitAsync(LookAsync);
    }

    private Task OnExistingAsync(ChangeEventArgs change)
    {
        _options = _options with { Existing = Enum.Parse<ExistingUsers>((string)change.Value!) };
        return SubmitAsync(PlanAsync);
    }

    private Task OnColumnAsync(int column, ChangeEventArgs change)
    {
        _mapping[column] = change.Value is string { Length: > 0 } field ? field : null;
        return SubmitAsync(PlanAsync);
    }

    private void OnSkips(bool skips) => _options = _options with { SkipsFaults = skips };

    private Task StartAsync() => _file is not { } file ? Task.CompletedTask : SubmitAsync(async actor =>
    {
        Result<StartedImport> started = await Import.StartAsync(actor, file, Wanted, CancellationToken.None);
        if (started.Error is { } error)
            return error;
        // Faults that were not there before are shown; otherwise the file has done its work.
        (_plan, _job) = (started.Value.Job is null ? started.Value.Plan : null, started.Value.Job);
        if (_job is not null)
            (_file, _header) = (null, null);
        return null;
    });

    private static string Shown(string header) => header.Trim() is { Length: > 0 } name ? name.Length <= 60 ? name : name[..60] + "…" : "(without a name)";
}
