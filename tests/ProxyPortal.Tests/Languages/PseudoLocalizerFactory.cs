using System.Globalization;
using Microsoft.Extensions.Localization;

namespace ProxyPortal.Tests.Languages;

/// <summary>A language in which every text that comes from a resource stands in brackets: what stands outside them comes from none.</summary>
internal sealed class PseudoLocalizerFactory : IStringLocalizerFactory
{
    public const char Open = '⟦';
    public const char Close = '⟧';

    public IStringLocalizer Create(Type resourceSource) => new Pseudo();

    public IStringLocalizer Create(string baseName, string location) => new Pseudo();

    private sealed class Pseudo : IStringLocalizer
    {
        public LocalizedString this[string name] => new(name, $"{Open}{name}{Close}");

        public LocalizedString this[string name, params object[] arguments] => new(name, $"{Open}{string.Format(CultureInfo.InvariantCulture, name, arguments)}{Close}");

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }
}
