using ClientVoice.Choices;
using ClientVoice.Clients;
using ClientVoice.Instruments;
using ClientVoice.Shell;

namespace ClientVoice.Tests.Choices;

public sealed class FitRuleTests
{
    private static readonly Fit Anyone = new([], [], [], null);

    [TestCase("", "speaks pictures", "Fits")]
    [TestCase("speaks pictures", "speaks", "Fits")]
    [TestCase("speaks", "speaks pictures", "FitsWithCare")]
    [TestCase("speaks", "non-verbal", "DoesNotFit")]
    [TestCase("speaks", "", "Fits")]
    public void AnInstrumentFitsAsFarAsItCoversTheGroup(string madeFor, string profile, string level) =>
        Assert.That(FitRule.Of(Anyone with { Communication = Codes(madeFor) }, Group() with { Communication = Codes(profile) }).Level.ToString(), Is.EqualTo(level));

    [TestCase("visual", "DoesNotFit")]
    [TestCase("visual mild", "FitsWithCare")]
    [TestCase("mild", "Fits")]
    [TestCase("", "Fits")]
    public void AnInstrumentThatNeedsSeeingIsHeldToTheGroupsSight(string disability, string level) =>
        Assert.That(FitRule.Of(Anyone with { Needs = ["seeing"] }, Group() with { Disability = Codes(disability) }).Level.ToString(), Is.EqualTo(level));

    [Test]
    public void AnInstrumentThatDoesNotSayWhatItNeedsIsNotGuessedAbout() =>
        Assert.That(FitRule.Of(Anyone, Group() with { Disability = ["visual"] }).Level, Is.EqualTo(FitLevel.Fits));

    [Test]
    public void WhatTheProfileDoesNotKnowIsAskedAndNotDecided()
    {
        var verdict = FitRule.Of(Anyone with { Needs = ["reading", "hearing"] }, Group());
        Assert.That(verdict.Level, Is.EqualTo(FitLevel.Fits));
        Assert.That(verdict.Reason, Is.EqualTo(new LocalText(
            "Gemaakt voor deze groep. Kijk zelf of iedereen kan lezen en horen: dat vraagt dit instrument.",
            "Made for this group. See for yourself whether everyone can read and hear: this instrument asks that.")));
    }

    [TestCase(16, null, 20, 60, "Fits")]
    [TestCase(16, null, 12, 60, "FitsWithCare")]
    [TestCase(16, null, 8, 12, "DoesNotFit")]
    [TestCase(null, 18, 8, 12, "Fits")]
    [TestCase(null, 18, 12, 30, "FitsWithCare")]
    [TestCase(null, 18, 30, 60, "DoesNotFit")]
    [TestCase(12, 18, 12, 18, "Fits")]
    [TestCase(null, null, 0, 100, "Fits")]
    public void AnInstrumentFitsTheAgesThatItIsMadeFor(int? from, int? to, int youngest, int oldest, string level) =>
        Assert.That(FitRule.Of(Anyone with { AgeFrom = from, AgeTo = to }, Group(), new AgeSpan(youngest, oldest)).Level.ToString(), Is.EqualTo(level));

    [Test]
    public void UnknownAgesAreNoReasonAgainst() =>
        Assert.That(FitRule.Of(Anyone with { AgeFrom = 16 }, Group()).Level, Is.EqualTo(FitLevel.Fits));

    [Test]
    public void TheReasonNamesEveryRespectAtTheWorstLevelAndNoOther()
    {
        var fit = Anyone with { Communication = ["speaks"], Disability = ["mild"], AgeFrom = 16, Needs = ["seeing"] };
        var verdict = FitRule.Of(fit, Group() with { Communication = ["speaks", "pictures"], Disability = ["visual"] }, new AgeSpan(8, 12));
        Assert.That(verdict.Level, Is.EqualTo(FitLevel.DoesNotFit));
        Assert.That(verdict.Reason.Nl, Is.EqualTo("Niet gemaakt voor deze groep: de beperking en het zien en de leeftijd past niet."));
    }

    private static ClientGroup Group() => new(Guid.Empty, "g", new LocalText("Groep", "Group"), "wlz", [], [], []);

    private static string[] Codes(string codes) => codes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
