using System.Globalization;

namespace ProxyPortal.Core.Tests;

/// <summary>Runs the rest of a test as on a machine of another language: names must not fold differently there.</summary>
internal sealed class InCulture : IDisposable
{
    private readonly CultureInfo _former = CultureInfo.CurrentCulture;

    public InCulture(string name) => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);

    public void Dispose() => CultureInfo.CurrentCulture = _former;
}
