using System.Reflection;
using Microsoft.Extensions.Logging;
using ProxyPortal.Hosting;
using Xunit;

namespace ProxyPortal.Tests.Hosting;

[Trait("Database", "None")]
public sealed class EventIdTests
{
    // Operators filter and alert by the id: two meanings of one id would mix.
    [Fact]
    public void EventIds_AreGivenOnce()
    {
        const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        (int Id, string Method)[] events =
        [
            .. from type in typeof(PortalApp).Assembly.GetTypes()
               from method in type.GetMethods(Everything)
               let message = method.GetCustomAttribute<LoggerMessageAttribute>()
               where message is not null
               select (message.EventId, $"{type.Name}.{method.Name}"),
        ];
        Assert.NotEmpty(events);
        Assert.All(events, one => Assert.True(one.Id > 0, $"{one.Method} has no id"));
        Assert.All(events.GroupBy(one => one.Id), group => Assert.True(group.Count() == 1, $"{group.Key}: {string.Join(", ", group.Select(one => one.Method))}"));
    }
}
