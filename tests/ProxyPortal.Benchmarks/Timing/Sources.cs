namespace ProxyPortal.Benchmarks.Timing;

/// <summary>Addresses of clients, from the range that RFC 2544 keeps for benchmarks. All of one length: it is part of the request.</summary>
internal static class Sources
{
    private const int Side = 156;

    public static string Of(int number)
    {
        if (number is < 0 or >= 2 * Side * Side) throw new ArgumentOutOfRangeException(nameof(number), number, "There is no further address.");
        return $"198.{18 + number / (Side * Side)}.{100 + number / Side % Side}.{100 + number % Side}";
    }
}
