using System.Text;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Core.Publishing.Pac;

namespace ProxyPortal.Publishing.Pac;

/// <summary>A PAC file, ready to be sent and to be asked about.</summary>
internal sealed record PacFile(PacPlan Plan, PacDocument Document, PublishedFile File)
{
    public const string ContentType = "application/x-ns-proxy-autoconfig";

    public static PacFile Of(PacPlan plan)
    {
        var document = new PacDocument(plan);
        return new PacFile(plan, document, PublishedFile.Of(Encoding.ASCII.GetBytes(document.Content), ContentType));
    }

    /// <summary>Whether it leads anybody to that address.</summary>
    public bool LeadsTo(ProxyAddress address) => Plan.Proxies.Contains(address) || Plan.Routes.Any(route => route.Proxies.Contains(address));
}
