using ProxyPortal.Core.Verification;
using Xunit;

namespace ProxyPortal.Core.Tests.Verification;

public sealed class RejectionReasonTests
{
    // The closed list of the public contract, in the order of its numbers, which are stored: append only.
    private static readonly string[] Contract =
    [
        "challenge.no_credentials", "header.malformed", "scheme.not_allowed", "scheme.unsupported",
        "credential.unknown_user", "credential.wrong", "credential.superseded", "credential.expired", "credential.revoked", "credential.must_change",
        "account.not_yet_valid", "account.expired", "account.suspended", "account.idle", "device.requested", "device.expired", "device.revoked", "device.required",
        "endpoint.not_allowed", "source.not_allowed", "time.not_allowed", "throttled", "ticket.invalid", "token.replayed", "overloaded", "backend.unavailable",
    ];

    [Fact]
    public void Code_AllReasons_AreTheContractsListWithStableNumbers()
    {
        Assert.Equal(Enumerable.Range(0, Contract.Length + 1), Enum.GetValues<RejectionReason>().Select(reason => (int)reason).Order());
        Assert.Equal(Contract, Enumerable.Range(1, Contract.Length).Select(number => ((RejectionReason)number).Code()));
    }

    [Fact]
    public void Parse_EveryCode_GivesItsReason_AndNoOtherTextDoes()
    {
        Assert.All(Enum.GetValues<RejectionReason>(), reason => Assert.True(RejectionReasons.TryParse(reason.Code(), out RejectionReason read) && read == reason));
        Assert.All((string[])["", "OK", "credential.rejected", "throttled ", "None"], text => Assert.False(RejectionReasons.TryParse(text, out _)));
    }

    [Fact]
    public void Code_PublicCode_IsNoReason() => Assert.DoesNotContain(RejectionReasons.PublicCode, Contract);

    [Fact]
    public void Message_EveryReason_IsASentence() =>
        Assert.All(Enum.GetValues<RejectionReason>(), reason => Assert.EndsWith(".", reason.Message(), StringComparison.Ordinal));
}
