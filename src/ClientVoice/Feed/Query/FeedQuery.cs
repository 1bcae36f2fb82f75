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
    bool Count);

/// <summary>One item of the order.</summary>
internal sealed record OrderItem(Term Term, bool Descending);

/// <summary>What is written of a row: its fields, and rows inside it.</summary>
/// <param name="Set">The set whose entity this is; null for a grouped row.</param>
/// <param name="Key">The entity's key, read even where it is not shown; null for a grouped row.</param>
internal sealed record Shape(PublishedSet? Set, Term? Key, IReadOnlyList<Field> Fields, IReadOnlyList<Nested> Inside);

internal sealed record Field(string Name, Term Term);

/// <summary>A row inside a row; where its key is null there is none.</summary>
internal sealed record Nested(string Name, Shape Shape);

/// <summary>Rows put together: which rows, by which keys, into which figures.</summary>
internal sealed record Grouping(Term? Filter, IReadOnlyList<GroupKey> Keys, IReadOnlyList<GroupFigure> Figures);

internal sealed record GroupKey(GroupedTerm Name, ColumnTerm Column);

internal sealed record GroupFigure(GroupedTerm Name, Aggregate Aggregate, ColumnTerm? Column);

internal enum Aggregate
{
    Sum,
    Min,
    Max,
    CountDistinct,
    Count,
}
