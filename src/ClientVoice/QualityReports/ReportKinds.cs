namespace ClientVoice.QualityReports;

/// <summary>How long a time a report is about.</summary>
internal static class ReportKinds
{
    /// <summary>A short update: a quarter.</summary>
    public const string Update = "update";

    public const string Year = "year";

    /// <summary>Two years beside each other: publications count a person once in a year or in three years, not in two.</summary>
    public const string TwoYears = "two-years";

    public const string ThreeYears = "three-years";

    public static readonly IReadOnlyList<string> All = [Year, TwoYears, ThreeYears, Update];

    /// <summary>The kind of the published period in which a report of this kind ends: <c>quarter</c>, <c>year</c>, <c>three-years</c>.</summary>
    public static string PeriodKind(string kind) => kind switch { Update => "quarter", ThreeYears => "three-years", _ => "year" };

    /// <summary>The periods over which change is shown.</summary>
    public static string TrendKind(string kind) => kind == Update ? "quarter" : "year";

    /// <summary>The published periods of a report, oldest first.</summary>
    public static IReadOnlyList<string> Periods(string kind, string last) =>
        kind == TwoYears ? [(int.Parse(last, System.Globalization.CultureInfo.InvariantCulture) - 1).ToString("0000", System.Globalization.CultureInfo.InvariantCulture), last] : [last];
}
