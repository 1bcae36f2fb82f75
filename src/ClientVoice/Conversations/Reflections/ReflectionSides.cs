// Two views of one place that were given apart: which belong beside each other, and when they may be read.
using ClientVoice.Instruments;

namespace ClientVoice.Conversations.Reflections;

/// <summary>A finished reflection with an instrument that asks for several views.</summary>
internal sealed record ReflectionSide(Guid Id, string Perspective, DateOnly HeldOn);

/// <summary>What stands beside a reflection.</summary>
/// <param name="Beside">Of each other view the reflection nearest in time; empty while one is missing.</param>
/// <param name="OpenUntil">The last day on which another view is waited for, while one is missing and the day has not passed.</param>
internal sealed record ReflectionView(IReadOnlyList<Guid> Beside, DateOnly? OpenUntil)
{
    /// <summary>A reflection that stands by itself.</summary>
    public static readonly ReflectionView Alone = new([], null);
}

/// <summary>Puts views of a place together. Pure.</summary>
internal static class ReflectionSides
{
    /// <summary>How far apart two views of one place can be and still speak of the same time: a quarter, as with observations.</summary>
    public const int Days = Choices.ObservationRounds.Days;

    /// <summary>The views that an instrument about a place needs, where it needs more than one; otherwise none.</summary>
    public static IReadOnlyList<string> Needed(Instrument? instrument)
    {
        var needed = instrument is null || instrument.Subject == "client" ? [] : instrument.Perspectives.Where(p => p.Value > 0).Select(p => p.Key).ToList();
        return needed.Count > 1 ? needed : [];
    }

    /// <summary>What stands beside one reflection.</summary>
    /// <param name="all">The finished reflections of the same place and instrument, this one among them or not.</param>
    public static ReflectionView Of(ReflectionSide one, IReadOnlyCollection<ReflectionSide> all, IReadOnlyList<string> needed, DateOnly today)
    {
        if (!needed.Contains(one.Perspective))
        {
            return ReflectionView.Alone;
        }

        var beside = needed.Where(view => view != one.Perspective)
            .Select(view => all.Where(other => other.Perspective == view && Apart(one, other) < Days)
                .OrderBy(other => Apart(one, other)).ThenBy(other => other.HeldOn).ThenBy(other => other.Id).FirstOrDefault())
            .ToList();
        if (!beside.Contains(null))
        {
            return new ReflectionView([.. beside.Select(other => other!.Id)], null);
        }

        var until = one.HeldOn.AddDays(Days - 1);
        return new ReflectionView([], today <= until ? until : null);
    }

    private static int Apart(ReflectionSide one, ReflectionSide other) => Math.Abs(one.HeldOn.DayNumber - other.HeldOn.DayNumber);
}
