namespace ProxyPortal.Verification;

/// <summary>
/// One way in which proxies ask. A dialect reads a request in its own manner, puts the question to the <see cref="Verifier"/> and says the
/// answer in its own words; what every request must pass before stands in <see cref="VerifyGate"/>. Registered by its folder
/// (see Integrations/README.md).
/// </summary>
internal interface IDialect
{
    /// <summary>The path it answers, compared exactly; one that ends in a slash stands for everything below it.</summary>
    string Path { get; }

    /// <summary>The key by which the caller proves itself, as the request carries it; empty when it carries none. A dialect whose
    /// <c>Authorization</c> is somebody else's, or whose callers can send no header, looks in another place.</summary>
    ReadOnlySpan<char> CallerKeyOf(HttpContext context) => CallerKeys.InHeaders(context.Request.Headers);

    /// <summary>A fault of the request that has to be named before the caller is known, such as the wrong method.</summary>
    VerifyFault? Refuse(HttpContext context) => null;

    /// <summary>Answers a known caller. A hit should complete synchronously: the gate then makes no state machine.</summary>
    Task AnswerAsync(HttpContext context, CallerModel caller);

    /// <summary>Says that a request cannot be answered. Never with a status that this dialect's callers take for success, or for a
    /// statement about the user.</summary>
    void Say(HttpResponse response, VerifyFault fault) => VerifyAnswer.Write(response, fault);
}
