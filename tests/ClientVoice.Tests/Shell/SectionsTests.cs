using ClientVoice.Shell.Lists;
using FsCheck;
using FsCheck.Fluent;

namespace ClientVoice.Tests.Shell;

internal sealed class SectionsTests
{
    [FsCheck.NUnit.Property(QuietOnSuccess = true)]
    public Property TheSectionsShownHoldThePageAndNoneTooMany() =>
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt[]>(), ArbMap.Default.ArbFor<NonNegativeInt>(), ArbMap.Default.ArbFor<PositiveInt>(), (sizes, skip, take) =>
        {
            List<(string Name, int Size)> sections = [.. sizes.Select((size, i) => ($"{i:000}", size.Get))];
            List<string> rows = [.. sections.SelectMany(s => Enumerable.Repeat(s.Name, s.Size))];
            var page = rows.Skip(skip.Get).Take(take.Get).ToList();
            var (shown, after) = Sections.Shown(sections, skip.Get, take.Get);
            return shown.SequenceEqual(page.Distinct()) && (page.Count == 0 || rows.Where(shown.Contains).Skip(after).Take(take.Get).SequenceEqual(page));
        });
}
