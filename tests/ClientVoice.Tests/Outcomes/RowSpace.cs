// On purpose not the arithmetic of the program (KnownSums): an attack that used it would share its faults.
namespace ClientVoice.Tests.Outcomes;

/// <summary>What follows from a number of sums: everything that is a combination of them. Exact, by arithmetic modulo a prime.</summary>
internal sealed class RowSpace(int unknowns)
{
    // Large enough that two different combinations do not fall together by chance, small enough that a product fits 64 bits.
    private const long Prime = 2_147_483_629;

    private readonly Dictionary<int, long[]> byLeading = [];

    /// <summary>Adds a sum that is known: whole factors, one for each unknown.</summary>
    public void Add(IReadOnlyList<long> sum)
    {
        var (rest, leading) = Reduce(sum);
        if (leading < 0)
        {
            return;
        }

        var inverse = Power(rest[leading], Prime - 2);
        for (var i = leading; i < unknowns; i++)
        {
            rest[i] = rest[i] * inverse % Prime;
        }

        byLeading[leading] = rest;
    }

    /// <summary>Whether this sum can be worked out from the known ones.</summary>
    public bool Tells(IReadOnlyList<long> sum) => Reduce(sum).Leading < 0;

    private (long[] Left, int Leading) Reduce(IReadOnlyList<long> sum)
    {
        var rest = new long[unknowns];
        for (var i = 0; i < unknowns; i++)
        {
            rest[i] = ((sum[i] % Prime) + Prime) % Prime;
        }

        for (var i = 0; i < unknowns; i++)
        {
            if (rest[i] == 0)
            {
                continue;
            }

            if (!byLeading.TryGetValue(i, out var known))
            {
                return (rest, i);
            }

            var factor = rest[i];
            for (var j = i; j < unknowns; j++)
            {
                rest[j] = (rest[j] + ((Prime - factor) * known[j])) % Prime;
            }
        }

        return (rest, -1);
    }

    private static long Power(long value, long exponent)
    {
        var result = 1L;
        for (value %= Prime; exponent > 0; exponent >>= 1, value = value * value % Prime)
        {
            result = (exponent & 1) == 1 ? result * value % Prime : result;
        }

        return result;
    }
}
