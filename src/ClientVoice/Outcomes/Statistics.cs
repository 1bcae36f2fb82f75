namespace ClientVoice.Outcomes;

/// <summary>Sum, mean, spread and interval of scores.</summary>
/// <param name="Count">How many people.</param>
/// <param name="Sum">Of their scores.</param>
/// <param name="StandardDeviation">Of the sample (n - 1); null for one person.</param>
/// <param name="Low">Lower end of the 95 % interval of the mean, not below 0; null for one person.</param>
/// <param name="High">Upper end, not above 100.</param>
internal readonly record struct Summary(int Count, double Sum, double Mean, double? StandardDeviation, double? Low, double? High);

/// <summary>The arithmetic of outcomes. Pure.</summary>
internal static class Statistics
{
    // The 2.5 % point of the standard normal distribution.
    private const double NormalPoint = -1.959963984540054;

    /// <summary>Summarises scores (0-100). The interval is Student's: mean ± t(0.975, n-1) · s / √n.</summary>
    public static Summary Summarise(IReadOnlyList<double> scores)
    {
        var count = scores.Count;
        var sum = scores.Sum();
        var mean = sum / count;
        if (count < 2)
        {
            return new Summary(count, sum, mean, null, null, null);
        }

        var deviation = Math.Sqrt(scores.Sum(s => (s - mean) * (s - mean)) / (count - 1));
        var half = StudentPoint(count - 1) * deviation / Math.Sqrt(count);
        return new Summary(count, sum, mean, deviation, Math.Max(0, mean - half), Math.Min(100, mean + half));
    }

    /// <summary>The 97.5 % point of Student's t with <paramref name="freedom"/> degrees of freedom.</summary>
    /// <remarks>G. W. Hill, Algorithm 396: Student's t-quantiles, Communications of the ACM 13(10), 1970; to about six digits.</remarks>
    public static double StudentPoint(int freedom)
    {
        const double p = 0.05;
        double n = freedom;
        if (freedom == 1)
        {
            return 1 / Math.Tan(p * Math.PI / 2);
        }

        if (freedom == 2)
        {
            return Math.Sqrt((2 / (p * (2 - p))) - 2);
        }

        var a = 1 / (n - 0.5);
        var b = 48 / (a * a);
        var c = ((((20700 * a / b) - 98) * a - 16) * a) + 96.36;
        var d = ((((94.5 / (b + c)) - 3) / b) + 1) * Math.Sqrt(a * Math.PI / 2) * n;
        var x = d * p;
        var y = Math.Pow(x, 2 / n);
        if (y > 0.05 + a)
        {
            x = NormalPoint;
            y = x * x;
            c += n < 5 ? 0.3 * (n - 4.5) * (x + 0.6) : 0;
            c = ((((((0.05 * d * x) - 5) * x) - 7) * x) - 2) * x + b + c;
            y = ((((((((0.4 * y) + 6.3) * y) + 36) * y) + 94.5) / c - y - 3) / b + 1) * x;
            y = Math.Exp(a * y * y) - 1;
        }
        else
        {
            y = (((1 / (((((n + 6) / (n * y)) - (0.089 * d) - 0.822) * (n + 2)) * 3)) + (0.5 / (n + 4))) * y - 1) * (n + 1) / (n + 2) + (1 / y);
        }

        return Math.Sqrt(n * y);
    }
}
