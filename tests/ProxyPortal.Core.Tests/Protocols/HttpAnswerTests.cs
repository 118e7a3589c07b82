using System.Text;
using CsCheck;
using ProxyPortal.Core.Protocols;
using Xunit;

namespace ProxyPortal.Core.Tests.Protocols;

public sealed class HttpAnswerTests
{
    private const string Body = """{"result":"accepted"}""";
    private const string Plain = "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Length: 21\r\n\r\n" + Body;
    private const string Chunked = "HTTP/1.1 200 OK\r\ncontent-type:application/problem+json\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"result\r\n0000d\r\n\":\"accepted\"}\r\n0\r\n\r\n";

    [Theory, InlineData(Plain), InlineData(Chunked)]
    public void WholeAnswer_IsRead(string text)
    {
        Assert.Equal(HttpAnswerRead.Complete, HttpAnswer.TryRead(Encoding.ASCII.GetBytes(text), out HttpAnswer answer));
        Assert.Equal((200, true, true, Body), (answer.Status, answer.IsJson, answer.KeepsAlive, Encoding.ASCII.GetString(answer.Body)));
    }

    [Theory, InlineData(Plain), InlineData(Chunked)]
    public void AnswerInPieces_IsNeverReadBeforeItsEnd(string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        for (int length = 0; length < bytes.Length; length++)
            Assert.Equal(HttpAnswerRead.NeedMore, HttpAnswer.TryRead(bytes.AsSpan(0, length).ToArray(), out _));
    }

    [Theory, InlineData(Plain), InlineData(Chunked)]
    public void MoreThanTheAnswer_EndsTheConnection(string text)
    {
        Assert.Equal(HttpAnswerRead.Complete, HttpAnswer.TryRead(Encoding.ASCII.GetBytes(text + "H"), out HttpAnswer answer));
        Assert.False(answer.KeepsAlive);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH\r\n")]
    [InlineData("HTTP/2 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n folded\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\n{}\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}x\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nTrailer: x\r\n\r\n")]
    public void WhatTwoReadersCouldReadDifferently_IsUnreadable(string text) =>
        Assert.Equal(HttpAnswerRead.Unreadable, HttpAnswer.TryRead(Encoding.ASCII.GetBytes(text), out _));

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 65537\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10001\r\n")]
    public void LongAnswer_IsNotWaitedFor(string text) => Assert.Equal(HttpAnswerRead.TooLong, HttpAnswer.TryRead(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void EndlessHead_IsNotWaitedFor() => Assert.Equal(
        HttpAnswerRead.TooLong, HttpAnswer.TryRead(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n" + new string('x', HttpAnswer.MaxHeadBytes)), out _));

    [Fact]
    public void RefusalOfUnknownLength_IsReadByItsStatus()
    {
        Assert.Equal(HttpAnswerRead.Complete, HttpAnswer.TryRead("HTTP/1.0 503 Busy\r\n\r\n<html>"u8.ToArray(), out HttpAnswer answer));
        Assert.Equal((503, false), (answer.Status, answer.KeepsAlive));
    }

    [Fact]
    public void AnswerWithoutABody_IsComplete()
    {
        Assert.Equal(HttpAnswerRead.Complete, HttpAnswer.TryRead("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), out HttpAnswer answer));
        Assert.Equal((204, true), (answer.Status, answer.KeepsAlive));
    }

    [Theory, InlineData("HTTP/1.0 200 OK", ""), InlineData("HTTP/1.1 200 OK", "Connection: Close\r\n")]
    public void ConnectionThatEnds_IsNotKept(string statusLine, string header)
    {
        Assert.Equal(HttpAnswerRead.Complete, HttpAnswer.TryRead(Encoding.ASCII.GetBytes($"{statusLine}\r\n{header}Content-Length: 0\r\n\r\n"), out HttpAnswer answer));
        Assert.False(answer.KeepsAlive);
    }

    [Fact]
    public void AnyBytes_NeverThrow() => Gen.Byte.Array[0, 300].Sample(bytes =>
    {
        byte[] received = [.. "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8, .. bytes];
        HttpAnswer.TryRead(received, out _);
        HttpAnswer.TryRead(bytes, out _);
    });
}
