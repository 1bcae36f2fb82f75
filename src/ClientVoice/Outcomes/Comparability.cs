// Which figures of two versions of an instrument stand in one line over time (N12): a minor version goes on, a major one
// breaks the line unless a question says with which earlier one it is comparable.
using ClientVoice.Instruments;

namespace ClientVoice.Outcomes;

/// <summary>Finds the earlier measure that a measure continues. Pure.</summary>
internal static class Comparability
{
    public static InstrumentVersion Number(Instrument instrument) => InstrumentVersion.TryParse(instrument.Key.Version) ?? default;

    public static string? Question(Instrument? before, Instrument after, Question question)
    {
        if (before is null)
        {
            return null;
        }

        var earlier = question.ComparableWith ?? (IsMinor(before, after) ? question.Id : null);
        return earlier is not null && before.Questions.Any(q => q.Id == earlier) ? $"{before.Key}/question/{earlier}" : null;
    }

    public static string? Domain(Instrument? before, Instrument after, string id) =>
        before is not null && IsMinor(before, after) && before.Domains.Any(d => d.Id == id) ? $"{before.Key}/domain/{id}" : null;

    public static string? Shared(Instrument? before, Instrument after, string code) =>
        before is not null && IsMinor(before, after) && before.Questions.Any(q => q.Domain == code) ? $"{before.Key}/shared/{code}" : null;

    private static bool IsMinor(Instrument before, Instrument after) => Number(before).Major == Number(after).Major;
}
