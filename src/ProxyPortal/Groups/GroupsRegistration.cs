using ProxyPortal.Components.Search;
using ProxyPortal.Groups.Effective;

namespace ProxyPortal.Groups;

internal static class GroupsRegistration
{
    public static IServiceCollection AddGroups(this IServiceCollection services) => services
        .AddSingleton<GroupService>().AddSingleton<GroupMemberService>().AddSingleton<EffectivePolicyService>()
        .AddScoped<IPaletteSource, GroupPaletteSource>();
}
