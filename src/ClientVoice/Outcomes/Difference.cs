namespace ClientVoice.Outcomes;

/// <summary>What can be said of a difference between two means.</summary>
internal enum Verdict
{
    /// <summary>The interval of the difference leaves out zero.</summary>
    Clear,

    /// <summary>The interval lies within ten points of zero: whatever the difference is, it is small.</summary>
    Small,

    /// <summary>Too few people, or too much spread, to say.</summary>
    CannotTell,
}

/// <summary>A mean of some people, as published.</summary>
internal readonly record struct MeanOf(int People, double Mean, double? Deviation);

/// <summary>Compares two means in words; never a ranking, never a traffic light. Pure.</summary>
internal static class Difference
{
    /// <summary>Ten points of a hundred: less than half the step between two faces or words of a scale.</summary>
    private const double SmallPoints = 10;

    /// <summary>The verdict on <paramref name="later"/> less <paramref name="earlier"/>.</summary>
    /// <remarks>
    /// B. L. Welch, The generalization of Student's problem when several different population variances are involved, Biometrika 34
    /// (1947), 28-35: difference ± t(0.975, f) · √(s₁²/n₁ + s₂²/n₂), with the degrees of freedom f of Welch and Satterthwaite, rounded
    /// down. People who are in both make it somewhat wide: it says "cannot tell" rather too often than too seldom.
    /// </remarks>
    public static Verdict Between(MeanOf earlier, MeanOf later)
    {
        if (earlier is not { People: > 1, Deviation: { } s1 } || later is not { People: > 1, Deviation: { } s2 })
        {
            return Verdict.CannotTell;
        }

        var (v1, v2) = (s1 * s1 / earlier.People, s2 * s2 / later.People);
        var difference = later.Mean - earlier.Mean;
        if (v1 + v2 == 0)
        {
            return difference == 0 ? Verdict.Small : Verdict.Clear;
        }

        var freedom = (int)((v1 + v2) * (v1 + v2) / ((v1 * v1 / (earlier.People - 1)) + (v2 * v2 / (later.People - 1))));
        var half = Statistics.StudentPoint(Math.Max(1, freedom)) * Math.Sqrt(v1 + v2);
        return Math.Abs(difference) > half ? Verdict.Clear : Math.Abs(difference) + half <= SmallPoints ? Verdict.Small : Verdict.CannotTell;
    }
}
