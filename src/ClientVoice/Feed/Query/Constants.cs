using System.Globalization;
using ClientVoice.Outcomes;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ClientVoice.Feed.Query;

/// <summary>Reads literals into the six types that the feed knows.</summary>
internal static class Constants
{
    public static ConstantTerm Read(ConstantNode node, string option) => node.Value switch
    {
        null => new ConstantTerm(null, PublishedType.Text),
        string text => new ConstantTerm(text, PublishedType.Text),
        bool flag => new ConstantTerm(flag, PublishedType.Flag),
        byte or sbyte or short or int or long => new ConstantTerm(Convert.ToInt64(node.Value, CultureInfo.InvariantCulture), PublishedType.Whole),
        float or double or decimal => Number(node, option),
        Guid key => new ConstantTerm(key, PublishedType.Key),
        Date date => new ConstantTerm(new DateOnly(date.Year, date.Month, date.Day), PublishedType.Date),
        _ => throw Refusal.NotSupported($"A literal of type {node.TypeReference?.FullName() ?? node.Value.GetType().Name} in {option}"),
    };

    /// <summary>The feed's type for a primitive type.</summary>
    public static PublishedType TypeOf(EdmPrimitiveTypeKind kind, string option) => kind switch
    {
        EdmPrimitiveTypeKind.String => PublishedType.Text,
        EdmPrimitiveTypeKind.Boolean => PublishedType.Flag,
        EdmPrimitiveTypeKind.Guid => PublishedType.Key,
        EdmPrimitiveTypeKind.Date => PublishedType.Date,
        EdmPrimitiveTypeKind.Byte or EdmPrimitiveTypeKind.SByte or EdmPrimitiveTypeKind.Int16 or EdmPrimitiveTypeKind.Int32 or EdmPrimitiveTypeKind.Int64 => PublishedType.Whole,
        EdmPrimitiveTypeKind.Single or EdmPrimitiveTypeKind.Double or EdmPrimitiveTypeKind.Decimal => PublishedType.Number,
        _ => throw Refusal.NotSupported($"A value of type Edm.{kind} in {option}"),
    };

    // ODataLib reads 5.1 as a single where the other side is a whole number; its text still says what was meant.
    private static ConstantTerm Number(ConstantNode node, string option)
    {
        var text = node.Value is float single ? single.ToString("R", CultureInfo.InvariantCulture) : null;
        var value = text is null ? Convert.ToDouble(node.Value, CultureInfo.InvariantCulture) : double.Parse(text, CultureInfo.InvariantCulture);
        return double.IsFinite(value)
            ? new ConstantTerm(value, PublishedType.Number)
            : throw Refusal.NotSupported($"INF or NaN in {option}");
    }
}
