// Whose eyes: a scope is of places, with everything below them, and may be narrowed to some client groups. Every statement that reads
// about clients takes its condition from here, so that the two are never held apart.
namespace ClientVoice.Access;

/// <summary>SQL of what is in a person's scope. A person is the name of a parameter, as <c>@person</c>.</summary>
internal static class ScopeSql
{
    /// <summary>The ids of the places in scope and of all below them: <c>p.Id IN {Places("@person")}</c>.</summary>
    public static string Places(string person) =>
        $"(SELECT t.DescendantId FROM PersonScope s JOIN PlaceTree t ON t.AncestorId = s.PlaceId WHERE s.PersonId = {person})";

    /// <summary>The condition that a client group is in scope; who was given none sees them all.</summary>
    /// <param name="column">The id of the group, as <c>c.GroupId</c>.</param>
    /// <param name="person">As above.</param>
    public static string Group(string column, string person) =>
        $"(NOT EXISTS (SELECT 1 FROM PersonGroup n WHERE n.PersonId = {person}) OR {column} IN (SELECT n.GroupId FROM PersonGroup n WHERE n.PersonId = {person}))";

    /// <summary>The condition that a row is in scope by both.</summary>
    /// <param name="row">The alias of a row with <c>PlaceId</c> and <c>GroupId</c>: of a client, as they are now; of a conversation, as they were then.</param>
    /// <param name="person">As above.</param>
    public static string Of(string row, string person) => $"({row}.PlaceId IN {Places(person)} AND {Group($"{row}.GroupId", person)})";
}
