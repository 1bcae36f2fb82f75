using System.Globalization;

namespace ClientVoice.Outcomes;

/// <summary>A quarter or a year.</summary>
/// <param name="Id"><c>2026-Q3</c> or <c>2026</c>.</param>
/// <param name="Kind"><c>quarter</c> or <c>year</c>.</param>
internal sealed record Period(string Id, string Kind, DateOnly FromOn, DateOnly UntilOn)
{
    /// <summary>The id of the year it lies in.</summary>
    public string YearId => FromOn.Year.ToString(CultureInfo.InvariantCulture);

    public static Period Quarter(DateOnly day)
    {
        var quarter = (day.Month - 1) / 3;
        var from = new DateOnly(day.Year, (quarter * 3) + 1, 1);
        return new Period($"{day.Year:0000}-Q{quarter + 1}", "quarter", from, from.AddMonths(3).AddDays(-1));
    }

    public static Period Year(DateOnly day) => new($"{day.Year:0000}", "year", new DateOnly(day.Year, 1, 1), new DateOnly(day.Year, 12, 31));

    /// <summary>Every quarter and year from one day to another, quarters of a year before the year itself.</summary>
    public static IReadOnlyList<Period> Between(DateOnly first, DateOnly last)
    {
        var periods = new List<Period>();
        for (var quarter = Quarter(first); quarter.FromOn <= last; quarter = Quarter(quarter.UntilOn.AddDays(1)))
        {
            periods.Add(quarter);
            if (quarter.Id.EndsWith("Q4", StringComparison.Ordinal) || quarter.UntilOn >= last)
            {
                periods.Add(Year(quarter.FromOn));
            }
        }

        return periods;
    }
}
