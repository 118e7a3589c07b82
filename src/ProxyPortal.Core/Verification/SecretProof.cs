namespace ProxyPortal.Core.Verification;

/// <summary>What is known about the presented secret: the only "did it match" word of the product. Everything but
/// <see cref="Proved"/> sounds the same to the caller, unless it says nothing about an account at all.</summary>
public enum SecretProof
{
    /// <summary>The stored secret matched, now or remembered for its present version.</summary>
    Proved = 0,

    /// <summary>It did not match, or there is nothing it could match.</summary>
    Disproved = 1,

    /// <summary>Not looked at: too many tries. Sounds like <see cref="Disproved"/> to the caller.</summary>
    Throttled = 2,

    /// <summary>Not looked at: no capacity. The answer is temporary, is not counted and not remembered.</summary>
    Overloaded = 3,

    /// <summary>No credentials came: how every session starts. Nobody's failure.</summary>
    NotPresented = 4,

    /// <summary>Credentials came that nobody could read.</summary>
    Unreadable = 5,

    /// <summary>They came in a scheme that the engine cannot verify.</summary>
    Unsupported = 6,

    /// <summary>An earlier secret of the same credential: it proves nothing, and is not counted as a guess.</summary>
    Superseded = 7,

    /// <summary>A ticket or token that is not what it should be.</summary>
    TicketInvalid = 8,

    /// <summary>A nonce, ticket or token that was used before.</summary>
    Replayed = 9,

    /// <summary>Not looked at: something the proof depends on is out of reach. Temporary, as <see cref="Overloaded"/>.</summary>
    Unavailable = 10,

    /// <summary>Not presented to us: the caller proved it already and asks only whether the account may still be used. Lets in, but
    /// proves nothing: no reason may be told.</summary>
    Vouched = 11,

    /// <summary>As <see cref="Vouched"/>, and the same secret was proved to us lately: the reason may be told.</summary>
    VouchedAndProved = 12,
}
