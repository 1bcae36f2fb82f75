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
    public static FitVerdict Of(Instrument instrument, ClientGroup group)
    {
        var fit = instrument.Fit;
        (LocalText Name, FitLevel Level)[] respects =
        [
            (new("de manier van communiceren", "the way of communicating"), Compare(fit.Communication, group.Communication)),
            (new("de beperking", "the disability"), Compare(fit.Disability, group.Disability)),
            (new("de soort ondersteuning", "the kind of support"), Compare(fit.Setting, group.Setting)),
        ];
        var level = respects.Max(r => r.Level);
        var which = respects.Where(r => r.Level == level).Select(r => r.Name).ToList();
        var nl = string.Join(" en ", which.Select(w => w.Nl));
        var en = string.Join(" and ", which.Select(w => w.En));
        return new FitVerdict(level, level switch
        {
            FitLevel.Fits => new("Gemaakt voor deze groep.", "Made for this group."),
            FitLevel.FitsWithCare => new($"Past bij een deel van de groep: let op {nl}.", $"Fits part of the group: mind {en}."),
            FitLevel.DoesNotFit => new($"Niet gemaakt voor deze groep: {nl} past niet.", $"Not made for this group: {en} does not fit."),
        });
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
