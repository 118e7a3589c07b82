namespace ProxyPortal.Bootstrap;

internal sealed class BootstrapService
{
    public Task ApplyFileAsync(string file, CancellationToken cancellationToken) => throw new NotSupportedException(file);
}
