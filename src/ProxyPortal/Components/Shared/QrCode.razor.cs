using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using QRCoder;

namespace ProxyPortal.Components.Shared;

/// <summary>A text as a QR code. Dark on light in both themes: many cameras read nothing else.</summary>
public partial class QrCode
{
    private string? _drawn;
    private string _path = "";
    private int _size = 1;

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>What the code leads to: "QR code of the password link".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    protected override void OnParametersSet()
    {
        if (_drawn == Text)
            return;
        _drawn = Text;
        using QRCodeData code = QRCodeGenerator.GenerateQrCode(Text, QRCodeGenerator.ECCLevel.M);
        _size = code.ModuleMatrix.Count;
        var path = new StringBuilder();
        for (int y = 0; y < _size; y++)
        {
            for (int x = 0; x < _size; x++)
            {
                if (code.ModuleMatrix[y][x])
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }
        _path = path.ToString();
    }
}
