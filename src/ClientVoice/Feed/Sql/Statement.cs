using ClientVoice.Feed.Query;

namespace ClientVoice.Feed.Sql;

/// <summary>A statement that can be run, and where its row keeps what.</summary>
/// <param name="Shape">Null for a count.</param>
/// <param name="OrderAt">The columns that the order goes by.</param>
internal sealed record Statement(string Sql, SqlParameters Parameters, PlannedShape? Shape, IReadOnlyList<int> OrderAt);

/// <summary>A shape with the columns of the row that fill it.</summary>
/// <param name="KeyAt">-1 for a grouped row.</param>
internal sealed record PlannedShape(Shape Shape, int KeyAt, IReadOnlyList<int> FieldsAt, IReadOnlyList<PlannedShape> Inside);

/// <summary>Whose eyes, on which publication.</summary>
/// <param name="Scope">The places, and what is below them.</param>
/// <param name="Groups">The client groups to which the reader is narrowed; none is every group.</param>
internal sealed record View(int Publication, IReadOnlyList<Guid> Scope, IReadOnlyList<Guid> Groups)
{
    public bool IsNarrowed => Groups.Count > 0;
}

/// <summary>Where a page starts and how far it goes.</summary>
/// <param name="After">The order's values of the last row that was given; null for the first page.</param>
internal sealed record PageStart(IReadOnlyList<object?>? After, long Skip, int Take);
