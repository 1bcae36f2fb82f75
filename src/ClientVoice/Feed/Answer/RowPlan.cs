using System.Text.Json;
using ClientVoice.Feed.Model;
using ClientVoice.Feed.Query;
using ClientVoice.Feed.Sql;
using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Answer;

/// <summary>A column as it is written.</summary>
/// <param name="IsWide">May be larger than 32 bits: what was counted or summed, not what the model declares.</param>
/// <param name="MayBeNull">There is something to look for before it is read.</param>
/// <param name="TypeName">The name under which its type is said; null where JSON says it already.</param>
internal readonly record struct PlannedColumn(JsonEncodedText Name, int At, PublishedType Type, bool IsWide, bool MayBeNull, JsonEncodedText? TypeName, string? TypeValue);

/// <summary>A shape, made ready to write thousands of rows.</summary>
internal sealed class RowPlan
{
    public RowPlan(PlannedShape shape, DataForm form)
    {
        Shape = shape;
        Columns = [.. shape.Shape.Fields.Select((f, i) => Column(f, shape.FieldsAt[i], form))];
        Inside = [.. shape.Shape.Inside.Select((n, i) => (JsonEncodedText.Encode(n.Name), new RowPlan(shape.Inside[i], form)))];
        HasLists = shape.Shape.HasLists;
        Links = form.Level == MetadataLevel.Full && shape.Shape.Set is { } set && set.Columns.All(c => shape.Shape.Fields.Any(f => f.Name == c.Name))
            ? [.. set.References.Select(r => r.Name).Concat(Related.Of(set).Select(r => r.Name))
                .Except(shape.Shape.Inside.Select(n => n.Name)).Except(shape.Shape.Lists.Select(l => l.Related.Name)).Select(n => (n, form.Control(n, "navigationLink")))]
            : [];
    }

    public PlannedShape Shape { get; }

    public PlannedColumn[] Columns { get; }

    public (JsonEncodedText Name, RowPlan Plan)[] Inside { get; }

    /// <summary>Where the rows that this one leads to are, and do not stand in it; empty where less than everything is told.</summary>
    public (string Name, JsonEncodedText Link)[] Links { get; }

    public bool HasLists { get; }

    private static PlannedColumn Column(Field field, int at, DataForm form)
    {
        var type = field.Term.Type;
        var wide = type == PublishedType.Whole && field.Term is not (ColumnTerm or GroupedTerm { IsKey: true });
        var named = form.Level != MetadataLevel.Full ? null : type switch
        {
            PublishedType.Whole => wide ? "#Int64" : "#Int32",
            PublishedType.Key => "#Guid",
            PublishedType.Date => "#Date",
            PublishedType.Text or PublishedType.Number or PublishedType.Flag => null,
        };
        return new PlannedColumn(JsonEncodedText.Encode(field.Name), at, type, wide, field.Term.Nullable, named is null ? null : form.Control(field.Name, "type"), named);
    }
}
