using System.Globalization;
using ClientVoice.Feed.Model;
using ClientVoice.Feed.Query;
using ClientVoice.Feed.Sql;
using ClientVoice.Outcomes;
using Microsoft.OData;
using Microsoft.OData.Edm;

namespace ClientVoice.Feed.Answer;

/// <summary>Writes one row of the database as one entity, with what is expanded in it.</summary>
/// <param name="root">The feed's address, where addresses of rows are written; else null.</param>
internal sealed class RowWriter(ODataWriter writer, FeedRows rows, Uri? root)
{
    /// <summary>Writes the row that <paramref name="shape"/> finds at the current place.</summary>
    public void Write(PlannedShape shape)
    {
        writer.WriteStart(Resource(shape));
        for (var i = 0; i < shape.Inside.Count; i++)
        {
            var inside = shape.Inside[i];
            writer.WriteStart(new ODataNestedResourceInfo { Name = shape.Shape.Inside[i].Name, IsCollection = false });
            if (inside.KeyAt >= 0 && rows.IsNull(inside.KeyAt))
            {
                writer.WriteStart((ODataResource?)null);
                writer.WriteEnd();
            }
            else
            {
                Write(inside);
            }

            writer.WriteEnd();
        }

        writer.WriteEnd();
    }

    /// <summary>A value in the types of ODataLib, as the model declares it.</summary>
    public static object? Declared(object? value, Term term) => value switch
    {
        DateOnly date => new Date(date.Year, date.Month, date.Day),
        long whole when term is ColumnTerm or GroupedTerm { IsKey: true } => checked((int)whole),
        _ => value,
    };

    private ODataResource Resource(PlannedShape shape)
    {
        var properties = new ODataProperty[shape.FieldsAt.Count];
        for (var i = 0; i < properties.Length; i++)
        {
            var (name, term) = shape.Shape.Fields[i];
            properties[i] = new ODataProperty { Name = name, Value = Declared(rows.Value(shape.FieldsAt[i], term.Type), term) };
        }

        var resource = new ODataResource { Properties = properties };
        if (shape.Shape.Set is { } set)
        {
            resource.TypeName = FeedModel.TypeName(set);
            if (root is not null)
            {
                // Said outright: the key may have been left out by $select, and then ODataLib cannot make it.
                resource.Id = new Uri(root, EntityPath(set, rows.Value(shape.KeyAt, shape.Shape.Key!.Type)!));
            }
        }
        else
        {
            resource.IsTransient = true;
        }

        return resource;
    }

    private static string EntityPath(PublishedSet set, object key) => key switch
    {
        string text => $"{set.Name}('{Uri.EscapeDataString(text.Replace("'", "''", StringComparison.Ordinal))}')",
        Guid guid => $"{set.Name}({guid:D})",
        _ => $"{set.Name}({Convert.ToString(key, CultureInfo.InvariantCulture)})",
    };
}
