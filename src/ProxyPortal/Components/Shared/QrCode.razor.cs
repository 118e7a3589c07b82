using System.Text;
using Microsoft.AspNetCore.Components;
using QRCoder;

namespace ProxyPortal.Components.Shared;

/// <summary>A text as a QR code, drawn here and kept within the page. Always dark on light, whatever the theme: cameras expect it.</summary>
public partial class QrCode
{
    private const int PixelsPerModule = 4;
    private string? _image;

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>"QR code of the password link".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    protected override void OnParametersSet()
    {
        using QRCodeData data = QRCodeGenerator.GenerateQrCode(Text, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        _image = "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg.GetGraphic(PixelsPerModule)));
    }
}
