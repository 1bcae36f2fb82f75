using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace ClientVoice.Tests.Feed;

/// <summary>
/// OData's rules for null, which SQL does not share: a comparison is true or false, null equals only null, and only
/// functions and arithmetic pass a null on. Hidden cells make these the rule, not the exception.
/// </summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
internal sealed class NullRulesTest(string database)
{
    private FeedHouse house = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => house = await FeedHouse.StartAsync(database);

    [OneTimeTearDown]
    public async Task StopAsync() => await house.DisposeAsync();

    // Cells 4 and 9 are hidden; the mean of the others is 40 + 5 * Id.
    [TestCase("Mean eq null", "4 9")]
    [TestCase("Mean ne null", "1 2 3 5 6 7 8 10")]
    [TestCase("null eq Mean", "4 9")]
    [TestCase("null eq null", "1 2 3 4 5 6 7 8 9 10")]
    [TestCase("null ne null", "")]
    [TestCase("Mean gt null", "")]
    [TestCase("not (Mean gt null)", "1 2 3 4 5 6 7 8 9 10")]
    [TestCase("Mean gt 70", "7 8 10")]
    [TestCase("not (Mean gt 70)", "1 2 3 4 5 6 9")]
    [TestCase("Mean ne 45", "2 3 4 5 6 7 8 9 10")]
    [TestCase("not (Mean eq 45)", "2 3 4 5 6 7 8 9 10")]
    [TestCase("Mean eq StandardDeviation", "4 9")]
    [TestCase("Mean ne StandardDeviation", "1 2 3 5 6 7 8 10")]
    [TestCase("Mean add null eq null", "1 2 3 4 5 6 7 8 9 10")]
    [TestCase("Mean add 1 eq null", "4 9")]
    [TestCase("(Mean gt 70) eq false", "1 2 3 4 5 6 9")]
    [TestCase("Respondents in (10,null)", "3 4 6 9")]
    [TestCase("not (Respondents in (10,null))", "1 2 5 7 8 10")]
    [TestCase("not (Respondents in (10))", "1 2 4 5 7 8 9 10")]
    [TestCase("contains(SuppressionReason,'small')", "4 9")]
    [TestCase("not contains(SuppressionReason,'small')", "")]
    [TestCase("contains(SuppressionReason,null)", "")]
    [TestCase("contains(SuppressionReason,'x') eq null", "1 2 3 5 6 7 8 10")]
    [TestCase("length(SuppressionReason) eq 11", "4 9")]
    [TestCase("Respondents div (Respondents sub Respondents) eq null", "1 2 3 4 5 6 7 8 9 10")]
    [TestCase("Measure/SharedDomain eq null", "2 4 6 8 10")]
    [TestCase("Measure/SharedDomain ne 'home'", "2 4 6 8 10")]
    [TestCase("null", "")]
    public async Task AFilterFindsExactlyTheseCells(string filter, string ids) => Assert.That(await FindAsync(filter), Is.EqualTo(ids), filter);

    [Test]
    public void AnyFilterFindsWhatODatasRulesSay() =>
        Prop.ForAll(Filters.Any(4).ToArbitrary(), filter =>
        {
            var expected = string.Join(' ', Enumerable.Range(1, 10).Where(id => filter.Holds(id) == true));
            var found = FindAsync(filter.Text).GetAwaiter().GetResult();
            Assert.That(found, Is.EqualTo(expected), filter.Text);
            return true;
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private async Task<string> FindAsync(string filter)
    {
        var page = await house.JsonAsync("Outcomes?$select=Id&$filter=" + Uri.EscapeDataString(filter));
        return string.Join(' ', page.GetProperty("value").EnumerateArray().Select(r => r.GetProperty("Id").GetInt32()));
    }

    /// <summary>A filter, and what OData says of it for a cell: true, false or null.</summary>
    private sealed record Filter(string Text, Func<int, bool?> Holds);

    private sealed record Figure(string Text, Func<int, double?> Of);

    /// <summary>Filters with the meaning that the specification gives them, written once more without SQL.</summary>
    private static class Filters
    {
        private static bool Hidden(int id) => id is 4 or 9;

        private static readonly Gen<Figure> Numbers = Gen.Elements(
            new Figure("Id", id => id),
            new Figure("Mean", id => Hidden(id) ? null : 40 + (5 * id)),
            new Figure("Respondents", id => Hidden(id) ? null : 10 + (id % 3)),
            new Figure("(Mean sub Id)", id => Hidden(id) ? null : 40 + (4 * id)),
            new Figure("(-Respondents)", id => Hidden(id) ? null : -10 - (id % 3)),
            new Figure("10", _ => 10),
            new Figure("65", _ => 65),
            new Figure("null", _ => null));

        private static readonly Gen<Filter> Leaf = Gen.OneOf(
            from left in Numbers
            from sign in Gen.Elements("eq", "ne", "gt", "ge", "lt", "le")
            from right in Numbers
            select new Filter($"{left.Text} {sign} {right.Text}", id => Compare(sign, left.Of(id), right.Of(id))),
            Gen.Elements(
                new Filter("Suppressed", id => Hidden(id)),
                new Filter("contains(SuppressionReason,'small')", id => Hidden(id) ? true : null),
                new Filter("Respondents in (10,11)", id => !Hidden(id) && id % 3 < 2),
                new Filter("Respondents in (12,null)", id => Hidden(id) || id % 3 == 2),
                new Filter("Measure/SharedDomain eq 'home'", id => id % 2 == 1),
                new Filter("Measure/SharedDomain ne 'home'", id => id % 2 == 0)));

        public static Gen<Filter> Any(int depth) => depth == 0 ? Leaf : Gen.OneOf(
            Leaf,
            Any(depth - 1).Select(f => new Filter($"not ({f.Text})", id => !f.Holds(id))),
            from left in Any(depth - 1)
            from right in Any(depth - 1)
            select new Filter($"({left.Text}) and ({right.Text})", id => left.Holds(id) & right.Holds(id)),
            from left in Any(depth - 1)
            from right in Any(depth - 1)
            select new Filter($"({left.Text}) or ({right.Text})", id => left.Holds(id) | right.Holds(id)),
            Any(depth - 1).Select(f => new Filter($"({f.Text}) eq false", id => f.Holds(id) == false)));

        private static bool Compare(string sign, double? left, double? right) => sign switch
        {
            "eq" => left == right,
            "ne" => left != right,
            "gt" => left > right,
            "ge" => left >= right,
            "lt" => left < right,
            _ => left <= right,
        };
    }
}
