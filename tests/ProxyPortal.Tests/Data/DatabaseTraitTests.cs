using System.Reflection;
using Xunit;
using Xunit.v3;

namespace ProxyPortal.Tests.Data;

/// <summary>Which tests the second run, on PostgreSQL, may leave out: a class takes part unless it says by a trait that it does not, and
/// only one that opens no database, or is about SQLite itself, may say so.</summary>
public sealed class DatabaseTraitTests
{
    private const string Name = "Database";
    private const string None = "None";
    private const string Sqlite = "Sqlite";
    private static readonly Type[] Classes = [.. typeof(DatabaseTraitTests).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.GetMethods().Any(method => method.GetCustomAttributes().OfType<IFactAttribute>().Any()))];

    [Fact]
    public void ClassesLeftOut_UseNoDatabase() =>
        Assert.All(Classes.Where(type => ValuesOf(type).Contains(None)), type => Assert.False(TypeUse.Reaches(type, typeof(TestDatabase)), $"{type} uses a database"));

    // Each of them was decided on: a class added here is one that nobody runs on PostgreSQL.
    [Fact]
    public void ClassesAboutSqlite_AreThese() => Assert.Equal(
        "CommandLineTests KillTests PrivateFilesTests QueryPlanTests SqliteTests SqliteUnderLoadTests StartGuardTests",
        string.Join(' ', Classes.Where(type => ValuesOf(type).Contains(Sqlite)).Select(type => type.Name).Order(StringComparer.Ordinal)));

    [Fact]
    public void Methods_CarryNoTraitOfTheirOwn() =>
        Assert.DoesNotContain(Classes.SelectMany(type => type.GetMethods()), method => ValuesOf(method).Any());

    // One class of each kind, so that the tests above find something.
    [Theory]
    [InlineData(typeof(Account.SignInTests))]
    [InlineData(typeof(Hosting.CircuitDoorTests))]
    [InlineData(typeof(Users.UsersPageTests))]
    [InlineData(typeof(Users.UserInputTests))]
    [InlineData(typeof(Verification.CallerKeyTests))]
    [InlineData(typeof(Bootstrap.BootstrapApplyTests))]
    public void Reaches_ThroughFixturesBasesAndAsyncMethods(Type type)
    {
        Assert.True(TypeUse.Reaches(type, typeof(TestDatabase)));
        Assert.Empty(ValuesOf(type));
    }

    private static IEnumerable<string> ValuesOf(MemberInfo member) =>
        member.GetCustomAttributes<TraitAttribute>(inherit: true).Where(trait => trait.Name == Name).Select(trait => trait.Value);
}
