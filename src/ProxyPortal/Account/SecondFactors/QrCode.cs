using System.Text;
using QRCoder;

namespace ProxyPortal.Account.SecondFactors;

internal static class QrCode
{
    /// <summary>An address for <c>&lt;img&gt;</c>. Always dark on white: cameras do not read it in a dark theme's colours.</summary>
    public static string DataUri(string text)
    {
        using var generator = new QRCodeGenerator();
        using QRCodeData data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true)));
    }
}
