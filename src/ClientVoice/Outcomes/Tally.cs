// Sums that do not depend on the order in which they were made: a score is a whole number of ten-thousandths, so that
// counting what changed and counting everything again give the same figure to the last bit.
namespace ClientVoice.Outcomes;

/// <summary>What is counted of one measure.</summary>
internal sealed class Tally
{
    /// <summary>Parts of a point on the scale 0-100; more would be false precision.</summary>
    private const int Scale = 10_000;

    // Below the middle of 0-100.
    private const double Good = 50;

    private int[]? options;

    /// <summary>How many people gave an answer.</summary>
    public int People { get; private set; }

    /// <summary>How many of them gave one with a score.</summary>
    public int Scored { get; private set; }

    /// <summary>How many passed the question over.</summary>
    public int PassedOver { get; private set; }

    /// <summary>How many scored below 50.</summary>
    public int NotGood { get; private set; }

    /// <summary>How many want it to change.</summary>
    public int WantChange { get; private set; }

    /// <summary>How many scored below 50 and want it to change.</summary>
    public int NotGoodWantChange { get; private set; }

    private long Sum { get; set; }

    // 1.2 million people times a million squared does not fit 64 bits.
    private Int128 Squares { get; set; }

    /// <summary>Everyone gave the same score, or chose the same option.</summary>
    /// <remarks>Scores are all the same where they have no spread: n · Σx² = (Σx)², exact in whole numbers.</remarks>
    public bool AllTheSame => People > 1 && ((Scored > 1 && Scored * Squares == (Int128)Sum * Sum) || (options is not null && options.Count(o => o > 0) == 1));

    /// <summary>Nothing is counted. (A difference of as many who came as who went still has a sum.)</summary>
    public bool IsEmpty => People == 0 && Scored == 0 && PassedOver == 0 && NotGood == 0 && WantChange == 0 && NotGoodWantChange == 0 && Sum == 0 && Squares == 0 && options is null;

    /// <summary>How many chose each option, in the order of the instrument; null where the measure has none.</summary>
    public IReadOnlyList<int>? Options => options;

    /// <summary>Of the scores; null without any.</summary>
    public Summary? Summary => Scored == 0 ? null : Statistics.Summarise(Scored, Sum, Squares, Scale);

    /// <summary>The tally of scores alone.</summary>
    public static Tally Of(IEnumerable<double> scores)
    {
        var tally = new Tally();
        foreach (var score in scores)
        {
            tally.Answer(score);
        }

        return tally;
    }

    /// <summary>One person's answer.</summary>
    /// <param name="score">0-100; null where the answer has none.</param>
    public void Answer(double? score)
    {
        People++;
        if (score is not { } value)
        {
            return;
        }

        var whole = (long)Math.Round(value * Scale, MidpointRounding.AwayFromZero);
        Scored++;
        Sum += whole;
        Squares += (Int128)whole * whole;
        NotGood += value < Good ? 1 : 0;
    }

    /// <summary>One chosen option.</summary>
    /// <param name="count">How many options the question has.</param>
    public void Option(int position, int count) => (options ??= new int[count])[position]++;

    /// <summary>One person passed it over.</summary>
    public void Pass() => PassedOver++;

    /// <summary>One person wants it to change.</summary>
    public void Wish(double? score)
    {
        WantChange++;
        NotGoodWantChange += score < Good ? 1 : 0;
    }

    /// <summary>Adds what another counted, or takes it away.</summary>
    /// <param name="times">1 or -1.</param>
    public void Add(Tally other, int times = 1)
    {
        People += times * other.People;
        Scored += times * other.Scored;
        PassedOver += times * other.PassedOver;
        NotGood += times * other.NotGood;
        WantChange += times * other.WantChange;
        NotGoodWantChange += times * other.NotGoodWantChange;
        Sum += times * other.Sum;
        Squares += times * other.Squares;
        if (other.options is { } more)
        {
            options ??= new int[more.Length];
            for (var i = 0; i < more.Length; i++)
            {
                options[i] += times * more[i];
            }

            // As if nobody had ever chosen one.
            options = Array.TrueForAll(options, o => o == 0) ? null : options;
        }
    }

    /// <summary>Writes it in few bytes.</summary>
    public void Write(BinaryWriter to)
    {
        foreach (var count in (int[])[People, Scored, PassedOver, NotGood, WantChange, NotGoodWantChange])
        {
            to.Write7BitEncodedInt(count);
        }

        to.Write7BitEncodedInt64(Sum);
        to.Write7BitEncodedInt64((long)(ulong)(Squares >> 64));
        to.Write7BitEncodedInt64((long)(ulong)(Squares & ulong.MaxValue));
        to.Write7BitEncodedInt(options?.Length ?? 0);
        foreach (var option in options ?? [])
        {
            to.Write7BitEncodedInt(option);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Tally Read(BinaryReader from)
    {
        var tally = new Tally
        {
            People = from.Read7BitEncodedInt(), Scored = from.Read7BitEncodedInt(), PassedOver = from.Read7BitEncodedInt(),
            NotGood = from.Read7BitEncodedInt(), WantChange = from.Read7BitEncodedInt(), NotGoodWantChange = from.Read7BitEncodedInt(),
            Sum = from.Read7BitEncodedInt64(),
            Squares = (Int128)new UInt128((ulong)from.Read7BitEncodedInt64(), (ulong)from.Read7BitEncodedInt64()),
        };
        var length = from.Read7BitEncodedInt();
        tally.options = length == 0 ? null : new int[length];
        for (var i = 0; i < length; i++)
        {
            tally.options![i] = from.Read7BitEncodedInt();
        }

        return tally;
    }
}
