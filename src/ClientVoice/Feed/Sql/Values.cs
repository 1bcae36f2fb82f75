using System.Data.Common;
using System.Globalization;
using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Sql;

/// <summary>Reads values that the databases keep in different types.</summary>
internal static class Values
{
    /// <summary>A value that is not null: string, long, double, bool, Guid or DateOnly.</summary>
    public static object Read(DbDataReader reader, int at, PublishedType type) => type switch
    {
        PublishedType.Text => reader.GetString(at),
        PublishedType.Whole => Convert.ToInt64(reader.GetValue(at), CultureInfo.InvariantCulture),
        PublishedType.Number => Convert.ToDouble(reader.GetValue(at), CultureInfo.InvariantCulture),
        PublishedType.Flag => Convert.ToBoolean(reader.GetValue(at), CultureInfo.InvariantCulture),
        PublishedType.Key => reader.GetValue(at) is Guid key ? key : Guid.ParseExact(reader.GetString(at), "D"),
        PublishedType.Date => reader.GetValue(at) is DateTime day
            ? DateOnly.FromDateTime(day)
            : DateOnly.ParseExact(reader.GetString(at), "yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
