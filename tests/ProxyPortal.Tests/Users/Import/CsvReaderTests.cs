using System.Text;
using ProxyPortal.Core;
using ProxyPortal.Users.Import;
using Xunit;

namespace ProxyPortal.Tests.Users.Import;

[Trait("Database", "None")]
public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\nc,d", "1:a|b 2:c|d")]
    [InlineData("a,b\rc,d\r\ne,f\n", "1:a|b 2:c|d 3:e|f")]
    [InlineData("a\n\n\r\n\rb", "1:a 5:b")]
    [InlineData("\"a,b\",\"c\"\"d\"\n", "1:a,b|c\"d")]
    [InlineData("\"a\nb\",c\nd,e", "1:a\nb|c 3:d|e")]
    [InlineData("a,\n,b", "1:a| 2:|b")]
    [InlineData("\"\"\n", "1:")]
    [InlineData("", "")]
    public void Read_WellFormed(string text, string expected) => Assert.Equal(expected, Say(text));

    [Theory]
    [InlineData("\"alice,a@b.c\nbob,b@b.c\ncarol", "1!Opens a quotation mark in line 1 that is never closed.")]
    [InlineData("a\nb\n\"c\nd", "1:a 2:b 3!Opens a quotation mark in line 3 that is never closed.")]
    [InlineData("al\"ice\nbob", "1!Has a quotation mark inside of a cell that does not begin with one. 2:bob")]
    [InlineData("\"alice\"x\nbob", "1!Has text behind a closing quotation mark. 2:bob")]
    public void Read_Malformed_IsSaidAtItsRowAndGoesOn(string text, string expected) => Assert.Equal(expected, Say(text));

    [Fact]
    public void Read_RowThatIsTooLong_IsAFaultOfThatRow()
    {
        string said = Say("a\n" + new string('x', 1024 * 1024) + "\nb");
        Assert.Equal("1:a 2!Is longer than 64 KB, which is the most. 3:b", said);
    }

    [Theory]
    [InlineData("a,b;c", ',')]
    [InlineData("a;b", ';')]
    [InlineData("a\tb\n,", '\t')]
    [InlineData("a", ',')]
    public void Separator_IsThatOfTheFirstLine(string text, char expected) => Assert.Equal(expected, CsvReader.SeparatorOf(text));

    [Theory]
    [InlineData("", "file_empty")]
    [InlineData("EFBBBF", "file_empty")]
    [InlineData("4D5A9000", "file_type")]
    [InlineData("504B0304", "file_type")]
    [InlineData("610A620063", "file_type")]
    [InlineData("FFFE6100", "encoding_invalid")]
    public void Decode_WhatIsNoText_IsRefused(string hex, string code) => Assert.Equal(code, ImportText.Decode(Convert.FromHexString(hex)).Error?.Code);

    [Fact]
    public void Decode_Latin1_IsRefusedWithItsPlace()
    {
        Error error = ImportText.Decode(Encoding.Latin1.GetBytes("userId\nalice\nm\u00FCller")).Error!;
        Assert.Equal("Line 3, byte 2 is not UTF-8. Save the file as UTF-8 and try again.", error.Message);
    }

    [Fact]
    public void Decode_ByteOrderMark_IsNoPartOfTheText() => Assert.Equal("userId", ImportText.Decode("\uFEFFuserId"u8).Value);

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=cmd", "\"'\t=cmd\"")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("+49", "'+49")]
    [InlineData(" =1", "' =1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("plain", "plain")]
    [InlineData(null, "")]
    public void Write_NoCellBecomesAFormula(string? cell, string expected)
    {
        var text = new StringBuilder();
        CsvText.AppendRow(text, cell);
        Assert.Equal(expected + "\r\n", text.ToString());
    }

    private static string Say(string text)
    {
        var reader = new CsvReader(text, ',');
        List<string> said = [];
        while (reader.Read() is { } row)
            said.Add(row.Fault is null ? $"{row.Line}:{string.Join('|', row.Cells)}" : $"{row.Line}!{row.Fault}");
        return string.Join(' ', said);
    }
}
