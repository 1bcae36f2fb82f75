using ClientVoice.Access;

namespace ClientVoice.Shell;

/// <summary>
/// Something that one room shows on another's page, where the other may not know it: conversations on a client's page, the first
/// steps on every page.
/// </summary>
/// <param name="Page">One of <see cref="PageParts"/>.</param>
/// <param name="Order">Among the parts of that page.</param>
/// <param name="Component">On a client's page it has a parameter <c>ClientId</c>.</param>
/// <param name="Right">Who sees it.</param>
internal sealed record PagePart(string Page, int Order, Type Component, Right Right);

/// <summary>The pages that have room for parts.</summary>
internal static class PageParts
{
    /// <summary>The start page, below the greeting.</summary>
    public const string Start = "start";

    /// <summary>A client's page, below who it is.</summary>
    public const string Client = "client";

    /// <summary>Above every page of the desk.</summary>
    public const string Banner = "banner";

    /// <summary>The parts of a page that somebody in a role sees, in order.</summary>
    public static IEnumerable<PagePart> For(this IEnumerable<PagePart> parts, string page, string? role) =>
        parts.Where(p => p.Page == page && Roles.Has(role, p.Right)).OrderBy(p => p.Order);

    public static void AddPagePart(this IServiceCollection services, PagePart part) => services.AddSingleton(part);
}
