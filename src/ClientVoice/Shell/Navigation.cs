using ClientVoice.Access;

namespace ClientVoice.Shell;

/// <summary>An entry of the main navigation; each room registers its own.</summary>
/// <param name="About">One sentence for the start page.</param>
internal sealed record NavigationEntry(int Order, string Address, LocalText Title, LocalText About, Right Right);

internal static class Navigation
{
    public static void AddNavigation(this IServiceCollection services, NavigationEntry entry) => services.AddSingleton(entry);
}
