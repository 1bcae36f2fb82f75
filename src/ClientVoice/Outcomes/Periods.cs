using System.Globalization;

namespace ClientVoice.Outcomes;

/// <summary>A month, a quarter, a year or three years.</summary>
/// <param name="Id"><c>2026-11</c>, <c>2026-Q4</c>, <c>2026</c> or <c>2024-2026</c>.</param>
/// <param name="Kind">One of <see cref="PeriodKinds"/>.</param>
internal sealed record Period(string Id, string Kind, DateOnly FromOn, DateOnly UntilOn)
{
    public static Period Month(DateOnly day)
    {
        var from = new DateOnly(day.Year, day.Month, 1);
        return new Period($"{day.Year:0000}-{day.Month:00}", PeriodKinds.Month, from, from.AddMonths(1).AddDays(-1));
    }

    public static Period Quarter(DateOnly day)
    {
        var quarter = (day.Month - 1) / 3;
        var from = new DateOnly(day.Year, (quarter * 3) + 1, 1);
        return new Period($"{day.Year:0000}-Q{quarter + 1}", PeriodKinds.Quarter, from, from.AddMonths(3).AddDays(-1));
    }

    public static Period Year(DateOnly day) => new($"{day.Year:0000}", PeriodKinds.Year, new DateOnly(day.Year, 1, 1), new DateOnly(day.Year, 12, 31));

    /// <summary>The three calendar years that end with this one: the quality framework asks every client at least once in three years.</summary>
    public static Period ThreeYears(int last) =>
        new($"{last - 2:0000}-{last:0000}", PeriodKinds.ThreeYears, new DateOnly(last - 2, 1, 1), new DateOnly(last, 12, 31));

    /// <summary>Every period that has a day from <paramref name="first"/> to <paramref name="last"/>; three years only those that end by the last.</summary>
    public static IReadOnlyList<Period> Between(DateOnly first, DateOnly last)
    {
        var periods = new List<Period>();
        for (var month = Month(first); month.FromOn <= last; month = Month(month.UntilOn.AddDays(1)))
        {
            periods.Add(month);
            var ends = month.UntilOn >= last;
            if (ends || month.FromOn.Month % 3 == 0)
            {
                periods.Add(Quarter(month.FromOn));
            }

            if (ends || month.FromOn.Month == 12)
            {
                periods.Add(Year(month.FromOn));
                periods.Add(ThreeYears(month.FromOn.Year));
            }
        }

        return periods;
    }

    /// <summary>The ids of the periods that make up this one: months of a quarter, quarters of a year, years of three years.</summary>
    public IReadOnlyList<string> Parts() => Kind switch
    {
        PeriodKinds.Quarter => [.. Enumerable.Range(0, 3).Select(i => Month(FromOn.AddMonths(i)).Id)],
        PeriodKinds.Year => [.. Enumerable.Range(0, 4).Select(i => Quarter(FromOn.AddMonths(3 * i)).Id)],
        PeriodKinds.ThreeYears => [.. Enumerable.Range(0, 3).Select(i => (FromOn.Year + i).ToString("0000", CultureInfo.InvariantCulture))],
        _ => [],
    };
}

/// <summary>The kinds of period.</summary>
internal static class PeriodKinds
{
    public const string Month = "month";

    public const string Quarter = "quarter";

    public const string Year = "year";

    public const string ThreeYears = "three-years";
}
