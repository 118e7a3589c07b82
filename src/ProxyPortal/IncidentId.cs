using System.Security.Cryptography;

namespace ProxyPortal;

/// <summary>A short name for something that went wrong, shown to the user and written to the log. Random, so it says nothing about
/// how often things go wrong; without letters that look alike, so it can be read out on the phone.</summary>
public static class IncidentId
{
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 8;

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);
}
