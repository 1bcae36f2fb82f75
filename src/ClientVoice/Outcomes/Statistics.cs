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
    /// <param name="sum">Of the scores, in parts of a point.</param>
    /// <param name="squares">Of the squared scores, in parts of a point.</param>
    /// <param name="parts">How many parts a point has.</param>
    public static Summary Summarise(int count, long sum, Int128 squares, int parts)
    {
        var total = (double)sum / parts;
        var mean = total / count;
        if (count < 2)
        {
            return new Summary(count, total, mean, null, null, null);
        }

        // n · Σx² - (Σx)² is exact in whole numbers: no digits are lost where scores lie close together.
        var spread = ((Int128)count * squares) - ((Int128)sum * sum);
        var deviation = Math.Sqrt((double)spread / ((double)count * (count - 1))) / parts;
        var half = StudentPoint(count - 1) * deviation / Math.Sqrt(count);
        return new Summary(count, total, mean, deviation, Math.Max(0, mean - half), Math.Min(100, mean + half));
    }

    /// <summary>The 95 % interval of a share: of <paramref name="count"/> people, <paramref name="part"/> did.</summary>
    /// <remarks>E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American Statistical Association 22 (1927), 209-212.</remarks>
    public static (double Low, double High) Wilson(int part, int count)
    {
        const double z = -NormalPoint;
        var share = (double)part / count;
        var middle = share + (z * z / (2 * count));
        var half = z * Math.Sqrt((share * (1 - share) / count) + (z * z / (4.0 * count * count)));
        var size = 1 + (z * z / count);
        return (Math.Max(0, (middle - half) / size), Math.Min(1, (middle + half) / size));
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
