using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Query;

/// <summary>Which names an expression may use, and what they stand for.</summary>
internal abstract class RowScope
{
    /// <summary>The rows of a set: every column, also along a path.</summary>
    public static readonly RowScope Rows = new RowsOfSet();

    /// <exception cref="Problems.ProblemException">The column is not in reach.</exception>
    public abstract Term Column(NavigationPath path, PublishedSet set, PublishedColumn column);

    /// <exception cref="Problems.ProblemException">There is no such name.</exception>
    public abstract Term Alias(string name);

    /// <summary>Gives a name to what was computed.</summary>
    /// <exception cref="Problems.ProblemException">The name is taken.</exception>
    public virtual void Add(string name, Term term, string option) => throw new InvalidOperationException("Only a scope of one request takes names.");

    protected static string Name(NavigationPath path, string column) => path.Text.Length == 0 ? column : $"{path.Text}/{column}";

    private sealed class RowsOfSet : RowScope
    {
        public override Term Column(NavigationPath path, PublishedSet set, PublishedColumn column) => new ColumnTerm(path, set, column);

        public override Term Alias(string name) => throw Refusal.NotValid(name, $"There is no property '{name}' here.", name);
    }
}

/// <summary>The rows of a set, with what was computed of each.</summary>
internal sealed class ComputedScope : RowScope
{
    private readonly Dictionary<string, Term> names = new(StringComparer.OrdinalIgnoreCase);

    public override void Add(string name, Term term, string option)
    {
        if (!names.TryAdd(name, term))
        {
            throw Refusal.NotValid(option, $"The name '{name}' is used twice in {option}.", name, last: true);
        }
    }

    public override Term Column(NavigationPath path, PublishedSet set, PublishedColumn column) => Rows.Column(path, set, column);

    public override Term Alias(string name) => names.TryGetValue(name, out var term) ? term : Rows.Alias(name);
}

/// <summary>The rows after $apply: the keys they were put together by, the figures, and what was computed from those.</summary>
internal sealed class GroupedScope : RowScope
{
    private readonly Dictionary<string, Term> names = new(StringComparer.OrdinalIgnoreCase);

    public override void Add(string name, Term term, string option)
    {
        if (!names.TryAdd(name, term))
        {
            throw Refusal.NotValid(option, $"The name '{name}' is used twice in {option}.", name, last: true);
        }
    }

    public override Term Column(NavigationPath path, PublishedSet set, PublishedColumn column) =>
        path.Variable.Length > 0 ? Rows.Column(path, set, column) : Alias(Name(path, column.Name));

    public override Term Alias(string name) => names.TryGetValue(name, out var term)
        ? term
        : throw Refusal.NotValid(name, $"After $apply there is no property '{name}' any more: group by it or aggregate it.", name);
}
