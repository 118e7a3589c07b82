using MimeKit;
using Xunit;

namespace ProxyPortal.Tests.Mail;

/// <summary>The folder into which a portal drops its mails, as a reader's mailbox: mails come as they are written, in order.</summary>
internal sealed class MailDrop : IDisposable
{
    private readonly FileSystemWatcher _watcher;
    private readonly string _folder;
    private readonly HashSet<string> _read = [];
    private readonly SemaphoreSlim _changed = new(0);

    public MailDrop(PortalHost portal)
    {
        _folder = Path.Combine(portal.Folder, "mail");
        Directory.CreateDirectory(_folder);
        _watcher = new FileSystemWatcher(_folder) { EnableRaisingEvents = true };
        _watcher.Created += (_, _) => _changed.Release();
        _watcher.Renamed += (_, _) => _changed.Release();
    }

    /// <summary>The next mail that was not read yet.</summary>
    public async Task<MimeMessage> NextAsync()
    {
        while (true)
        {
            if (Unread().FirstOrDefault() is { } file)
            {
                _read.Add(file);
                return await MimeMessage.LoadAsync(file, TestContext.Current.CancellationToken);
            }
            Assert.True(await _changed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), "No mail came.");
        }
    }

    public int UnreadCount => Unread().Count();

    public void Dispose()
    {
        _watcher.Dispose();
        _changed.Dispose();
    }

    private IEnumerable<string> Unread() => Directory.EnumerateFiles(_folder, "*.eml").Where(file => !Path.GetFileName(file).StartsWith('.') && !_read.Contains(file)).Order(StringComparer.Ordinal);
}
