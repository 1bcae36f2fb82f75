// SQLite has no uuid, date or time type: they are text there, in forms that sort as they should.
// SqlClient 2.1 knows no DateOnly. Dapper is told both here, once.
using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Database;

internal static class TypeHandlers
{
    private const string TimeForm = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private static readonly Lock Gate = new();
    private static bool registered;

    public static void Register()
    {
        lock (Gate)
        {
            if (registered)
            {
                return;
            }

            SqlMapper.RemoveTypeMap(typeof(Guid));
            SqlMapper.RemoveTypeMap(typeof(Guid?));
            SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
            SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
            SqlMapper.RemoveTypeMap(typeof(DateOnly));
            SqlMapper.RemoveTypeMap(typeof(DateOnly?));
            SqlMapper.AddTypeHandler(new GuidHandler());
            SqlMapper.AddTypeHandler(new TimeHandler());
            SqlMapper.AddTypeHandler(new DateHandler());
            registered = true;
        }
    }

    /// <summary>A uuid of either database, where rows are read without Dapper.</summary>
    public static Guid Id(System.Data.Common.DbDataReader row, int column) =>
        row.GetFieldType(column) == typeof(Guid) ? row.GetGuid(column) : Guid.ParseExact(row.GetString(column), "D");

    /// <summary>A day of either database, where rows are read without Dapper; null where there is none.</summary>
    public static DateOnly? Day(object? value) => value switch
    {
        null or DBNull => null,
        DateTime day => DateOnly.FromDateTime(day),
        _ => DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>A time of either database, where rows are read without Dapper.</summary>
    public static DateTimeOffset Moment(object value) => value is DateTimeOffset time
        ? time
        : DateTimeOffset.ParseExact((string)value, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>A value as SQLite keeps it.</summary>
    public static string Text(DateTimeOffset value) => value.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    public static string Text(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class GuidHandler : SqlMapper.TypeHandler<Guid>
    {
        public override void SetValue(IDbDataParameter parameter, Guid value)
        {
            var text = parameter is SqliteParameter;
            parameter.DbType = text ? DbType.String : DbType.Guid;
            parameter.Value = text ? value.ToString("D") : value;
        }

        public override Guid Parse(object value) => value is Guid guid ? guid : Guid.ParseExact((string)value, "D");
    }

    private sealed class TimeHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            var text = parameter is SqliteParameter;
            parameter.DbType = text ? DbType.String : DbType.DateTimeOffset;
            parameter.Value = text ? Text(value) : ToMilliseconds(value);
        }

        public override DateTimeOffset Parse(object value) => Moment(value);

        // SQL Server rounds where text cuts off: a receipt signed for .123 must not be found back as .124.
        private static DateTimeOffset ToMilliseconds(DateTimeOffset value) =>
            new(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }

    private sealed class DateHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override void SetValue(IDbDataParameter parameter, DateOnly value)
        {
            var text = parameter is SqliteParameter;
            parameter.DbType = text ? DbType.String : DbType.Date;
            parameter.Value = text ? Text(value) : value.ToDateTime(TimeOnly.MinValue);
        }

        public override DateOnly Parse(object value) => Day(value)!.Value;
    }
}
