using ClientVoice.Feed.Model;
using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Query;

/// <summary>What is asked of one set, checked and typed.</summary>
/// <param name="Set">The set that rows come from.</param>
/// <param name="Shape">What is written of each row.</param>
/// <param name="Order">Complete: no two rows are equal under it.</param>
/// <param name="Grouping">How rows are put together first, or null.</param>
internal sealed record FeedQuery(
    PublishedSet Set,
    Shape Shape,
    Term? Filter,
    IReadOnlyList<OrderItem> Order,
    Grouping? Grouping,
    long? Top,
    long Skip,
    bool Count)
{
    /// <summary>Rows come as the database keeps them: going on after one costs nothing.</summary>
    public bool IsInOrderOfKey => Grouping is null && Order is [{ Descending: false, Term: ColumnTerm { Path.Steps: 0, Column.Name: "Id" } }];
}

/// <summary>One item of the order.</summary>
internal sealed record OrderItem(Term Term, bool Descending);

/// <summary>What is written of a row: its fields, and rows inside it.</summary>
/// <param name="Set">The set whose entity this is; null for a grouped row.</param>
/// <param name="Key">The entity's key, read even where it is not shown; null for a grouped row.</param>
internal sealed record Shape(PublishedSet? Set, Term? Key, IReadOnlyList<Field> Fields, IReadOnlyList<Nested> Inside)
{
    /// <summary>Rows of other sets that refer to this one, each with a query of its own.</summary>
    public IReadOnlyList<NestedRows> Lists { get; init; } = [];

    /// <summary>There are such rows somewhere in it.</summary>
    public bool HasLists => Lists.Count > 0 || Inside.Any(n => n.Shape.HasLists);
}

internal sealed record Field(string Name, Term Term);

/// <summary>A row inside a row; where its key is null there is none.</summary>
internal sealed record Nested(string Name, Shape Shape);

/// <summary>Rows inside a row.</summary>
/// <param name="Query">What is asked of them, before they are narrowed down to those of one row.</param>
/// <param name="Options">The same as query options of an address, for the link to more of them.</param>
internal sealed record NestedRows(Related Related, FeedQuery Query, IReadOnlyDictionary<string, string> Options);

/// <summary>Rows put together: which rows, by which keys, into which figures.</summary>
/// <param name="Inner">What is put together once more; null for the rows of the set itself.</param>
internal sealed record Grouping(Grouping? Inner, Term? Filter, IReadOnlyList<GroupKey> Keys, IReadOnlyList<GroupFigure> Figures);

/// <param name="Path">Where the key stands in the row that is written.</param>
/// <param name="Label">Its name there.</param>
internal sealed record GroupKey(GroupedTerm Name, Term Term, NavigationPath Path, string Label);

internal sealed record GroupFigure(GroupedTerm Name, Aggregate Aggregate, Term? Term);

internal enum Aggregate
{
    Sum,
    Min,
    Max,
    CountDistinct,
    Count,
}
