// `$select=Id,Place($select=Name)&$expand=Place` and `$select=Id,Place/Name&$expand=Place` say what
// `$select=Id&$expand=Place($select=Name)` says. ODataLib 7 takes only the last, so the first two are written as it.
using ClientVoice.Feed.Query;

namespace ClientVoice.Feed.Request;

/// <summary>Moves what $select says of a row inside a row to where that row is expanded.</summary>
internal static class NestedSelect
{
    /// <summary>The two options as the library reads them; null for one that was not given.</summary>
    /// <exception cref="Problems.ProblemException">Something is selected of a row that is not expanded.</exception>
    public static (string? Select, string? Expand) Rewrite(string? select, string? expand)
    {
        if (select is null || !select.AsSpan().ContainsAny('/', '('))
        {
            return (select, expand);
        }

        var (kept, inside) = (new List<string>(), new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase));
        foreach (var item in ExpandText.Split(select, ',').Select(i => i.Trim()))
        {
            var at = item.AsSpan().IndexOfAny('/', '(');
            if (at < 0)
            {
                kept.Add(item);
                continue;
            }

            var name = item[..at];
            inside.TryAdd(name, []);
            inside[name].Add(item[at] == '/' ? item[(at + 1)..] : Selected(item[(at + 1)..^1]));
        }

        var expanded = ExpandText.Split(expand ?? "", ',').Select(i => i.Trim()).Select(i => With(i, inside)).ToList();
        return inside.Count == 0
            ? (kept.Count == 0 ? null : string.Join(',', kept), string.Join(',', expanded))
            : throw Refusal.NotValid("$select", $"$select: something of '{inside.Keys.First()}' is selected, and $expand does not name it.");
    }

    private static string Selected(string options) => ExpandText.Split(options, ';').Select(o => o.Split('=', 2)) is var pairs
        && pairs.ToList() is [[var name, var text]] && name.Trim().TrimStart('$').Equals("select", StringComparison.OrdinalIgnoreCase)
            ? text.Trim()
            : throw Refusal.NotSupported("A query option inside $select, other than $select,");

    /// <summary>An item of $expand with what was selected of it; takes that from the list.</summary>
    private static string With(string item, Dictionary<string, List<string>> inside)
    {
        var name = item.Split('(', 2)[0].Trim();
        if (!inside.Remove(name, out var selected))
        {
            return item;
        }

        var all = string.Join(',', selected);
        return item.Length == name.Length ? $"{name}($select={all})" : $"{item.TrimEnd()[..^1]};$select={all})";
    }
}
