using System.Text.Json;
using ProxyPortal.Core.Protocols;
using Xunit;

namespace ProxyPortal.Core.Tests.Protocols;

public class VerifyContractTests
{
    [Fact]
    public void Request_AbsentFields_AreLeftOut() => Assert.Equal(
        """{"scheme":"Basic","userId":"alice","password":"s3cret","endpoint":"hq"}""",
        JsonSerializer.Serialize(
            new VerifyRequest { Scheme = "Basic", UserId = "alice", Password = "s3cret", Endpoint = "hq" },
            VerifyJsonContext.Default.VerifyRequest));

    [Fact]
    public void Request_AsText_KeepsThePasswordToItself() =>
        Assert.DoesNotContain("s3cret", new VerifyRequest { Scheme = "Basic", Password = "s3cret" }.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Response_OfThePortal_IsRead()
    {
        VerifyResponse? response = Read(
            """{"result":"accepted","user":"alice","device":"laptop","groups":["staff"],"validFor":60,"id":"01J","later":{"x":1}}""");
        Assert.NotNull(response);
        Assert.Equal((VerifyResponse.Accepted, "alice", "laptop", 60, "01J"), (response.Result, response.User, response.Device, response.ValidFor, response.Id));
        Assert.Equal(["staff"], response.Groups);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"RESULT":"accepted"}""")]
    [InlineData("""{"result":"rejected","result":"accepted"}""")]
    [InlineData("""{"result":"accepted","validFor":"60"}""")]
    [InlineData("""{"result":"accepted"} trailing""")]
    [InlineData("""["accepted"]""")]
    [InlineData("<html>")]
    [InlineData("")]
    public void Response_AnythingElse_IsRefused(string json) => Assert.Throws<JsonException>(() => Read(json));

    private static VerifyResponse? Read(string json) => JsonSerializer.Deserialize(json, VerifyJsonContext.Default.VerifyResponse);
}
