using System.Data.Common;
using Dapper;

namespace ClientVoice.Shell.Lists;

/// <summary>
/// A long list sorted by what many of its lines share (a place, a day) falls into sections. Counting those is much less than sorting
/// the lines, and then only the lines of the sections that a page shows have to be sorted.
/// </summary>
internal static class Sections
{
    /// <summary>The sections that a part of the list falls into, and how many lines there are of all. How many lines of those sections come before that part is put into the values as <c>@skip</c>.</summary>
    /// <param name="sizes">SQL of the sections in the order of the list, with how many lines each has.</param>
    public static async Task<(IReadOnlyList<T> Shown, int Total)> ShownAsync<T>(DbConnection connection, string sizes, DynamicParameters values, int skip, int take, CancellationToken cancel)
    {
        var sections = (await connection.QueryAsync<(T Section, int Size)>(new CommandDefinition(sizes, values, cancellationToken: cancel))).AsList();
        var (shown, before) = Shown(sections, skip, take);
        values.Add("skip", before);
        return (shown, sections.Sum(s => s.Size));
    }

    /// <summary>The sections that a part of the list falls into, one after the other, and how many lines of them come before that part.</summary>
    /// <param name="sections">In the order of the list, with how many lines each has: at least one.</param>
    public static (IReadOnlyList<T> Shown, int Skip) Shown<T>(IEnumerable<(T Section, int Size)> sections, int skip, int take)
    {
        var shown = new List<T>();
        foreach (var (section, size) in sections)
        {
            if (shown.Count == 0 && skip >= size)
            {
                skip -= size;
                continue;
            }

            shown.Add(section);
            take -= size - (shown.Count == 1 ? skip : 0);
            if (take <= 0)
            {
                break;
            }
        }

        return (shown, skip);
    }
}
