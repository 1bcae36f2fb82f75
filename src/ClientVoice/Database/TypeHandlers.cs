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
            SqlMapper.AddTypeHandler(typeof(Guid), new GuidHandler());
            SqlMapper.AddTypeHandler(typeof(DateTimeOffset), new TimeHandler());
            SqlMapper.AddTypeHandler(typeof(DateOnly), new DateHandler());
            registered = true;
        }
    }

    /// <summary>A day of either database, where rows are read without Dapper; null where there is none.</summary>
    public static DateOnly? Day(object? value) => value switch
    {
        null or DBNull => null,
        DateTime day => DateOnly.FromDateTime(day),
        _ => DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>A time of either database, where rows are read without Dapper; a day is its beginning.</summary>
    public static DateTimeOffset Moment(object value) => value is DateTimeOffset time
        ? time
        : value is DateTime or string { Length: 10 }
        ? new DateTimeOffset(Day(value)!.Value.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
        : DateTimeOffset.ParseExact((string)value, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>A value as SQLite keeps it.</summary>
    public static string Text(DateTimeOffset value) => value.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    public static string Text(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A value as SQL Server's client takes it.</summary>
    public static object OnServer(object value) => value switch
    {
        // SQL Server rounds where text cuts off: a receipt signed for .123 must not be found back as .124.
        DateTimeOffset time => new DateTimeOffset(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero),
        DateOnly day => day.ToDateTime(TimeOnly.MinValue),
        _ => value,
    };

    /// <summary>A type that SQLite keeps as text. An absent value has the type too: T-SQL does not turn every text into every type.</summary>
    private abstract class Handler<T>(DbType type) : SqlMapper.ITypeHandler
    {
        public void SetValue(IDbDataParameter parameter, object value)
        {
            var text = parameter is SqliteParameter;
            parameter.DbType = text ? DbType.String : type;
            parameter.Value = value is not T given ? DBNull.Value : text ? AsText(given) : OnServer(value);
        }

        public object? Parse(Type destinationType, object value) => value is DBNull ? null : Read(value);

        protected abstract string AsText(T value);

        protected abstract T Read(object value);
    }

    private sealed class GuidHandler() : Handler<Guid>(DbType.Guid)
    {
        protected override string AsText(Guid value) => value.ToString("D");

        protected override Guid Read(object value) => value is Guid guid ? guid : Guid.ParseExact((string)value, "D");
    }

    private sealed class TimeHandler() : Handler<DateTimeOffset>(DbType.DateTimeOffset)
    {
        protected override string AsText(DateTimeOffset value) => Text(value);

        protected override DateTimeOffset Read(object value) => Moment(value);
    }

    private sealed class DateHandler() : Handler<DateOnly>(DbType.Date)
    {
        protected override string AsText(DateOnly value) => Text(value);

        protected override DateOnly Read(object value) => Day(value)!.Value;
    }
}
