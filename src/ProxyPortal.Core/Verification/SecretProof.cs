namespace ProxyPortal.Core.Verification;

/// <summary>What is known about the presented secret: the only "did it match" word of the product.</summary>
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
}
