using System.Text;
using ProxyPortal.Core.Secrets;
using Xunit;

namespace ProxyPortal.Core.Tests.Secrets;

/// <summary>SHA-crypt: the vectors of U. Drepper's specification, which crypt(3) gives too. apr1: <c>openssl passwd -apr1</c>.</summary>
public sealed class CryptHashTests
{
    [Theory]
    [InlineData("Hello world!", "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5")]
    [InlineData("Hello world!", "$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA")]
    [InlineData("This is just a test", "$5$rounds=5000$toolongsaltstrin$Un/5jzAHMgOGZ5.mWJpuVolil07guHPvOW8mGRcvxa5")]
    [InlineData("a very much longer text to encrypt.  This one even stretches over morethan one line.", "$5$rounds=1400$anotherlongsalts$Rx.j8H.h8HjEDGomFU8bDkXm3XIUnzyxf12oP84Bnq1")]
    [InlineData("we have a short salt string but not a short password", "$5$rounds=77777$short$JiO1O3ZpDAxGJeaDIuqCoEFysAe1mZNJRs3pw0KQRd/")]
    [InlineData("a short string", "$5$rounds=123456$asaltof16chars..$gP3VQ/6X7UUEW3HkBn2w1/Ptq2jxPyzV/cZKmF/wJvD")]
    [InlineData("Hello world!", "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1")]
    [InlineData("Hello world!", "$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.")]
    [InlineData("This is just a test", "$6$rounds=5000$toolongsaltstrin$lQ8jolhgVRVhY4b5pZKaysCLi0QBxGoNeKQzQ3glMhwllF7oGDZxUhx1yxdYcz/e1JSbq3y6JMxxl8audkUEm0")]
    [InlineData("a very much longer text to encrypt.  This one even stretches over morethan one line.", "$6$rounds=1400$anotherlongsalts$POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1")]
    [InlineData("we have a short salt string but not a short password", "$6$rounds=77777$short$WuQyW2YR.hBNpjjRhpYD/ifIw05xdfeEyQoMxIXbkvr0gge1a1x3yRULJ5CCaUeOxFmtlcGZelFl5CxtgfiAc0")]
    [InlineData("a short string", "$6$rounds=123456$asaltof16chars..$BtCwjqMJGx5hrJhZywWvt0RLE8uZ4oPwcelCjmw2kSYu.Ec6ycULevoBK25fs2xXgMNrCzIMVcgEJAstJeonj1")]
    public void ShaCrypt_Vector_IsComputed(string password, string stored)
    {
        Assert.True(ShaCrypt.TryParse(stored, out ShaCryptHash parsed));
        Assert.Equal(parsed.Hash, ShaCrypt.Compute(Encoding.UTF8.GetBytes(password), parsed.IsLong, parsed.Rounds, parsed.Salt));
        Assert.NotEqual(parsed.Hash, ShaCrypt.Compute(Encoding.UTF8.GetBytes(password + "x"), parsed.IsLong, parsed.Rounds, parsed.Salt));
    }

    [Theory]
    [InlineData("$5$rounds=999$salt$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5")]
    [InlineData("$5$rounds=1000001$salt$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5")]
    [InlineData("$5$rounds=99999999999$salt$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5")]
    [InlineData("$5$rounds=+5000$salt$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5")]
    [InlineData("$5$rounds=5000$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5")]
    [InlineData("$5$seventeen-letters$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5")]
    [InlineData("$5$sa:lt$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5")]
    [InlineData("$5$salt$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc")]
    [InlineData("$5$salt$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWE-5")]
    [InlineData("$6$salt$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5")]
    [InlineData("$5$")]
    public void ShaCrypt_NoHash_IsNotParsed(string stored) => Assert.False(ShaCrypt.TryParse(stored, out _));

    [Theory]
    [InlineData("a", "$apr1$ab.C/9xy$LbVA6fIHGfzNhVR8tO/IB.")]
    [InlineData("fifteen letters", "$apr1$ab.C/9xy$TXFqqVNL17KKKuJ7yBr0R.")]
    [InlineData("sixteen letters!", "$apr1$ab.C/9xy$LpyBon.PfB5wjYeZf.Nm5/")]
    [InlineData("seventeen letters", "$apr1$ab.C/9xy$IL65otHMNxztH1aEBDkAu1")]
    [InlineData("thirty-three letters are here now", "$apr1$ab.C/9xy$R9P2BTf8RQfHsPKbYwgMT.")]
    [InlineData("grüße 😀 aus der Küche", "$apr1$ab.C/9xy$q0JVg1.F3LMNuKnLnH8vY.")]
    [InlineData("canary correct horse battery staple", "$apr1$abcdefgh$ifongjnme/vjcAnKrB9BQ.")]
    public void Apr1_Vector_IsComputed(string password, string stored)
    {
        Assert.True(Apr1Crypt.TryParse(stored, out string salt, out string hash));
        Assert.Equal(hash, Apr1Crypt.Compute(Encoding.UTF8.GetBytes(password), salt));
        Assert.NotEqual(hash, Apr1Crypt.Compute(Encoding.UTF8.GetBytes(password + "x"), salt));
    }

    [Theory]
    [InlineData("$apr1$$LbVA6fIHGfzNhVR8tO/IB.")]
    [InlineData("$apr1$nineninen$LbVA6fIHGfzNhVR8tO/IB.")]
    [InlineData("$apr1$salt$LbVA6fIHGfzNhVR8tO/IB")]
    [InlineData("$apr1$salt$LbVA6fIHGfzNhVR8tO/IB-")]
    [InlineData("$1$salt$LbVA6fIHGfzNhVR8tO/IB.")]
    public void Apr1_NoHash_IsNotParsed(string stored) => Assert.False(Apr1Crypt.TryParse(stored, out _, out _));
}
