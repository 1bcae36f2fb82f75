// What somebody knows who kept everything that was ever shown: all sums that follow from the shown ones. Kept as a reduced
// matrix (Gauss-Jordan), in which each question about it is a short one. Exact, by arithmetic modulo a prime: nothing
// hangs on rounding.
namespace ClientVoice.Outcomes;

/// <summary>The sums that follow from a number of known ones. Unknowns are numbered from 0.</summary>
internal sealed class KnownSums
{
    /// <summary>Large enough that different sums do not fall together by chance, small enough that a product fits 64 bits.</summary>
    public const long Prime = 2_147_483_629;

    private readonly int unknowns;
    private readonly List<(int Leading, long[] Factors)> rows;
    private readonly Dictionary<int, int> rowOf;

    public KnownSums(int unknowns)
        : this(unknowns, [], [])
    {
    }

    private KnownSums(int unknowns, List<(int, long[])> rows, Dictionary<int, int> rowOf)
    {
        this.unknowns = unknowns;
        this.rows = rows;
        this.rowOf = rowOf;
    }

    /// <summary>How often one unknown, or a sum of two, follows; 0 where none does.</summary>
    /// <remarks>
    /// A sum of at most two unknowns takes at most two rows, for each row brings the unknown that it leads with. So it is a row
    /// of at most two, or the difference of two rows that are the same but for those.
    /// </remarks>
    public int FewUnknowns()
    {
        var seen = new HashSet<UInt128>();
        return rows.Count(row => Fingerprint(row.Leading, row.Factors) is not { } print || !seen.Add(print));
    }

    /// <summary>A copy that goes its own way.</summary>
    public KnownSums Copy() => new(unknowns, [.. rows.Select(row => (row.Leading, (long[])row.Factors.Clone()))], new Dictionary<int, int>(rowOf));

    /// <summary>Adds a known sum; false where it followed already.</summary>
    public bool Add(IReadOnlyList<(int Unknown, long Factor)> sum)
    {
        var left = Reduce(sum);
        var leading = Array.FindIndex(left, factor => factor != 0);
        if (leading < 0)
        {
            return false;
        }

        Scale(left, Inverse(left[leading]));
        foreach (var (_, factors) in rows)
        {
            Subtract(factors, left, factors[leading]);
        }

        rowOf[leading] = rows.Count;
        rows.Add((leading, left));
        return true;
    }

    /// <summary>Whether this sum follows from the known ones.</summary>
    public bool Tells(IReadOnlyList<(int Unknown, long Factor)> sum) => Array.TrueForAll(Reduce(sum), factor => factor == 0);

    /// <summary>The factor that undoes this one.</summary>
    public static long Inverse(long value)
    {
        // Fermat: in a prime field a^(p-2) is 1/a.
        var result = 1L;
        for (long exponent = Prime - 2, power = value % Prime; exponent > 0; exponent >>= 1, power = power * power % Prime)
        {
            result = (exponent & 1) == 1 ? result * power % Prime : result;
        }

        return result;
    }

    // Of what a row has beside the unknown it leads with, whatever its factor; null where that is at most one unknown.
    private UInt128? Fingerprint(int leading, long[] factors)
    {
        const ulong step = 0x9E3779B97F4A7C15;
        var count = 0;
        var scale = 0L;
        UInt128 print = 0;
        for (var i = 0; i < unknowns; i++)
        {
            if (i == leading || factors[i] == 0)
            {
                continue;
            }

            scale = count++ == 0 ? Inverse(factors[i]) : scale;
            print = (print + (ulong)i + 1) * step;
            print = (print ^ (ulong)(factors[i] * scale % Prime)) * step;
            print ^= print >> 61;
        }

        return count < 2 ? null : print;
    }

    private long[] Reduce(IReadOnlyList<(int Unknown, long Factor)> sum)
    {
        var left = new long[unknowns];
        foreach (var (unknown, factor) in sum)
        {
            left[unknown] = (left[unknown] + factor) % Prime;
        }

        // A row stands alone in its leading column, so the sum's own factors there say how much of each row is in it.
        foreach (var (unknown, _) in sum)
        {
            if (rowOf.TryGetValue(unknown, out var row))
            {
                Subtract(left, rows[row].Factors, left[unknown]);
            }
        }

        return left;
    }

    private static void Subtract(long[] from, long[] row, long times)
    {
        if (times == 0)
        {
            return;
        }

        var minus = Prime - times;
        for (var i = 0; i < from.Length; i++)
        {
            if (row[i] != 0)
            {
                from[i] = (from[i] + (minus * row[i])) % Prime;
            }
        }
    }

    private static void Scale(long[] row, long times)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = row[i] * times % Prime;
        }
    }
}
