// A version promises something about the versions before it: a minor one that every line goes on, and a
// comparableWith that there is a line to go on with. Checked once, before the version is published.
using ClientVoice.Instruments.Loading;
using ClientVoice.Instruments.Schema;

namespace ClientVoice.Instruments.Checks;

/// <summary>Holds versions to what their numbers promise.</summary>
internal static class VersionRules
{
    /// <summary>Leaves out the files whose version breaks a promise, each with its fault. What is published already stays as it is.</summary>
    /// <param name="published">Every version published before, as it was published.</param>
    public static FolderContent Apply(FolderContent content, IEnumerable<Instrument> published)
    {
        var known = published.ToDictionary(instrument => instrument.Key);
        var faults = new List<InstrumentFault>();
        var kept = new List<(string, LoadedInstrument)>();
        foreach (var (file, instrument) in content.Files.OrderBy(pair => Number(pair.Instrument)))
        {
            var found = known.ContainsKey(instrument.Key) ? [] : Check(instrument, Earlier(instrument, known.Values)).ToList();
            faults.AddRange(found.Select(fault => new InstrumentFault(file, content.Lines[file].Of(fault.Pointer), fault.Code, fault.Text)));
            if (found.Count == 0)
            {
                kept.Add((file, instrument));
                known.TryAdd(instrument.Key, instrument);
            }
        }

        return faults.Count == 0
            ? content
            : content with { Files = [.. content.Files.Where(kept.Contains)], Faults = [.. content.Faults, .. faults] };
    }

    /// <summary>What is wrong with a version beside the earlier ones of the same instrument, oldest first.</summary>
    public static IEnumerable<VersionFault> Check(Instrument version, IReadOnlyList<Instrument> earlier)
    {
        var before = earlier.LastOrDefault(other => Number(other).Major == Number(version).Major);
        return (before is null ? [] : Minor(before, version)).Concat(ComparableWith(version, earlier));
    }

    private static IEnumerable<VersionFault> Minor(Instrument before, Instrument after)
    {
        var questions = after.Questions.ToDictionary(question => question.Id);
        foreach (var question in before.Questions)
        {
            if (!questions.TryGetValue(question.Id, out var now))
            {
                yield return new VersionFault("/properties", "minor-not-comparable", $"Question '{question.Id}' of {before.Key.Version} is gone; a minor version keeps every question: put it back, or make this {Number(after).Major + 1}.0.");
            }
            else if (!VersionComparison.IsComparable(question, now))
            {
                yield return new VersionFault(At(now), "minor-not-comparable", $"Question '{question.Id}' has other answers than in {before.Key.Version}, or answers that count otherwise; give the changed question its own id, or make this {Number(after).Major + 1}.0.");
            }
        }
    }

    private static IEnumerable<VersionFault> ComparableWith(Instrument version, IReadOnlyList<Instrument> earlier)
    {
        var before = earlier.SelectMany(other => other.Questions).Select(question => question.Id).ToHashSet();
        var own = version.Questions.Select(question => question.Id).ToHashSet();
        return version.Questions
            .Where(question => question.ComparableWith is { } other && !before.Contains(other) && (other == question.Id || !own.Contains(other)))
            .Select(question => new VersionFault(
                At(question) + "/cv/comparableWith", "comparable-with-unknown", $"'{question.Id}' goes on from '{question.ComparableWith}', which is no question of an earlier version nor another one here; correct the id."));
    }

    private static List<Instrument> Earlier(Instrument version, IEnumerable<Instrument> all) =>
        [.. all.Where(other => other.Key.Id == version.Key.Id && Number(other) < Number(version)).OrderBy(Number)];

    private static InstrumentVersion Number(Instrument instrument) => InstrumentVersion.TryParse(instrument.Key.Version) ?? default;

    private static string At(Question question) => "/properties/" + JsonPointer.Escape(question.Id);
}

/// <summary>A promise that a version breaks.</summary>
/// <param name="Pointer">Into the file.</param>
internal sealed record VersionFault(string Pointer, string Code, string Text);
