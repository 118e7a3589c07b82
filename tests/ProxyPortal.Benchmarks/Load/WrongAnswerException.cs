using System.Text;

namespace ProxyPortal.Benchmarks.Load;

/// <summary>A fast wrong answer is worth nothing: the first one ends the benchmark and shows what was asked and said.</summary>
internal sealed class WrongAnswerException(PreparedRequest request, ReadOnlySpan<byte> answer) : Exception(
    $"""
    A request that has to be {request.Expected} got another answer.
    --- answer
    {Encoding.Latin1.GetString(answer)}
    --- request (its keys live only as long as this run)
    {Encoding.Latin1.GetString(request.Bytes)}
    """);
