using ClientVoice.Clients;
using ClientVoice.Instruments;
using ClientVoice.Shell;

namespace ClientVoice.Choices;

/// <summary>How well an instrument suits a group.</summary>
internal enum FitLevel
{
    /// <summary>Made for everyone in the group.</summary>
    Fits,

    /// <summary>Made for part of the group.</summary>
    FitsWithCare,

    /// <summary>Made for nobody in the group, in at least one respect.</summary>
    DoesNotFit,
}

/// <summary>A fit with its reason in plain words.</summary>
internal sealed record FitVerdict(FitLevel Level, LocalText Reason);

/// <summary>Compares what an instrument is made for with a group's profile (N2).</summary>
internal static class FitRule
{
    /// <param name="ages">Of the group's clients; null where they are not known.</param>
    public static FitVerdict Of(Instrument instrument, ClientGroup group, AgeSpan? ages = null) => Of(instrument.Fit, group, ages);

    /// <param name="ages">Of the group's clients; null where they are not known.</param>
    public static FitVerdict Of(Fit fit, ClientGroup group, AgeSpan? ages = null)
    {
        (LocalText Name, FitLevel Level)[] respects =
        [
            (new("de manier van communiceren", "the way of communicating"), Compare(fit.Communication, group.Communication)),
            (new("de beperking", "the disability"), Compare(fit.Disability, group.Disability)),
            (new("de soort ondersteuning", "the kind of support"), Compare(fit.Setting, group.Setting)),
            (new("het zien", "seeing"), fit.Needs.Contains("seeing") ? Seeing(group) : FitLevel.Fits),
            (new("de leeftijd", "the age"), ages is null ? FitLevel.Fits : Compare(fit, ages)),
        ];
        var level = respects.Max(r => r.Level);
        var which = respects.Where(r => r.Level == level).Select(r => r.Name).ToList();
        var nl = string.Join(" en ", which.Select(w => w.Nl));
        var en = string.Join(" and ", which.Select(w => w.En));
        return new FitVerdict(level, Ask(fit, level switch
        {
            FitLevel.Fits => new("Gemaakt voor deze groep.", "Made for this group."),
            FitLevel.FitsWithCare => new($"Past bij een deel van de groep: let op {nl}.", $"Fits part of the group: mind {en}."),
            FitLevel.DoesNotFit => new($"Niet gemaakt voor deze groep: {nl} past niet.", $"Not made for this group: {en} does not fit."),
        }));
    }

    // A profile says nothing of reading and hearing: the reason asks for a look, the level stays what is known.
    private static LocalText Ask(Fit fit, LocalText reason)
    {
        var unknown = fit.Needs.Where(need => need is "reading" or "hearing").ToList();
        var nl = string.Join(" en ", unknown.Select(need => need == "reading" ? "lezen" : "horen"));
        var en = string.Join(" and ", unknown.Select(need => need == "reading" ? "read" : "hear"));
        return unknown.Count == 0 ? reason : new LocalText($"{reason.Nl} Kijk zelf of iedereen kan {nl}: dat vraagt dit instrument.", $"{reason.En} See for yourself whether everyone can {en}: this instrument asks that.");
    }

    // A group for visual impairment alone sees poorly; where it is one disability among others, some do.
    private static FitLevel Seeing(ClientGroup group) =>
        !group.Disability.Contains("visual") ? FitLevel.Fits : group.Disability.Count == 1 ? FitLevel.DoesNotFit : FitLevel.FitsWithCare;

    private static FitLevel Compare(Fit fit, AgeSpan ages)
    {
        var (from, to) = (fit.AgeFrom ?? 0, fit.AgeTo ?? int.MaxValue);
        return ages.Youngest >= from && ages.Oldest <= to ? FitLevel.Fits : ages.Oldest < from || ages.Youngest > to ? FitLevel.DoesNotFit : FitLevel.FitsWithCare;
    }

    // No restriction on either side is a fit; everything covered is a fit; something covered asks care.
    private static FitLevel Compare(IReadOnlyList<string> madeFor, IReadOnlyList<string> profile)
    {
        if (madeFor.Count == 0 || profile.Count == 0)
        {
            return FitLevel.Fits;
        }

        var covered = profile.Count(madeFor.Contains);
        return covered == profile.Count ? FitLevel.Fits : covered > 0 ? FitLevel.FitsWithCare : FitLevel.DoesNotFit;
    }
}
