namespace ClientVoice.Database;

/// <summary>Ids for <c>IN @ids</c>.</summary>
internal static class IdList
{
    /// <summary>As text, which both databases compare with an id: for the members of a list Dapper asks no type handler.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<Guid> ids) => [.. ids.Select(id => id.ToString("D"))];
}
