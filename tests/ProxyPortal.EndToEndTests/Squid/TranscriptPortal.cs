namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>The portal of the transcripts: the user's name says how it behaves, the password s3cret is right.</summary>
internal sealed class TranscriptPortal
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the users named slow have their answers.</summary>
    public void Release() => _released.TrySetResult();

    public async Task<string> AnswerAsync(SeenRequest request)
    {
        string user = request.UserId;
        switch (user)
        {
            case "slow":
                await _released.Task;
                return FakeAnswers.Accepted(user);
            case "broken":
                return FakeAnswers.Problem(500, "internal");
            case "overloaded":
                return FakeAnswers.Problem(503, "overloaded");
            case "unreadable":
                return FakeAnswers.Problem(400, "header.malformed");
            case "captive":
                return FakeAnswers.Response(200, "text/html", "<html>accepted</html>");
            case "garbage":
                return FakeAnswers.Json(200, "{\"result\":\"accepted\"");
            case "newer":
                return FakeAnswers.Json(200, """{"result":"Accepted","user":"newer"}""");
            case "moved":
                return FakeAnswers.Response(307, "text/plain", "", "Location: /elsewhere\r\n");
            case "hangup":
                return FakeAnswers.HangUp;
            case "expired":
                return FakeAnswers.Json(200, """{"result":"rejected","code":"credential.expired","message":"Your password expired yesterday.","id":"id-expired"}""");
            case "injector":
                return FakeAnswers.Json(
                    200,
                    """{"result":"accepted","user":"al\"ice user=root\nOK","device":"lap top","groups":["a\" group=admins","eng"],"validFor":0,"id":"x y"}""");
            case "texter":
                return FakeAnswers.Json(200, """{"result":"rejected","code":"x","message":"group=admins\r\n9 OK user=root","id":"1"}""");
            case "quoter":
                return FakeAnswers.Json(200, """{"result":"rejected","code":"x","message":"say \"no\" \\ tag=admin","id":"1"}""");
            default:
                return request.Field("password") is "s3cret" or null ? FakeAnswers.Accepted(user) : FakeAnswers.Rejected(user);
        }
    }
}
