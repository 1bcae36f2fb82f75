namespace ClientVoice.Outcomes;

/// <summary>Values of rows as objects. A run makes and reads them by the hundred thousand, and most are the same few: those are one object each.</summary>
internal static class Boxed
{
    private static readonly object Yes = true, No = false;
    private static readonly object[] Few = [.. Enumerable.Range(0, 256).Select(n => (object)n)];

    public static object Of(bool flag) => flag ? Yes : No;

    public static object Of(int number) => number >= 0 && number < Few.Length ? Few[number] : number;

    public static object? Of(int? number) => number is { } some ? Of(some) : null;
}
