// How the embedded database finds the rows of everything that is said to it: what goes through a large table from end to end is named here,
// with the reason. A statement for which an index is missing is one that nobody named.
using System.Text.RegularExpressions;
using ClientVoice.Database;
using ClientVoice.Tests.Database.SqlTexts;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Tests.Database;

public sealed partial class PlansTests
{
    // They grow with conversations, clients, or time.
    private static readonly HashSet<string> Large =
    [
        "Agreement", "Answer", "AnonymousAnswer", "AnonymousConversation", "AnonymousPermission", "AnonymousPool", "AnonymousScore", "AnonymousSpent", "AuditEvent", "BlockState", "CellOption", "Client", "ClientChange", "ClientEvaluation",
        "ClientGroupMove", "ClientMove", "ClientNumber", "ClientRepresentative", "Conversation", "ConversationMark", "DeskChange", "DomainScore", "DueClient", "DueLine", "DuePlan", "FollowUpChange",
        "FormerConversation", "KeptAgreement", "KeptCell", "KeptCount", "KeptResponse", "OutcomeBlock", "OutcomeChange", "PersonSession", "PublishedState", "QuoteDecision", "SideBySide",
        "SideBySidePart", "SignInCount",
    ];

    // No such table or column: it is said to a server alone, or the reader of texts took each name of a map for each use of it.
    private const int NotSaid = 1;

    // Where it is right, and why.
    private static readonly Dictionary<string, string> Whole = new()
    {
        ["AnonymousPool.MixAsync"] = "few wait, and at every arrival all of a key are written anew; an index would keep an order",
        ["AnonymousReleaseWork.RunAsync"] = "a job, over all that wait",
        ["AuditSearch.FindAsync"] = "the whole trail in its order, a page of it, and how many rows there are; with a filter it has an index",
        ["AuditStore.FirstFaultAsync"] = "the chain is followed from its beginning",
        ["CarryOver.RunAsync"] = "once, for clients from before keys of clients",
        ["BlockStates.BringOverAsync"] = "what an upgrade left, and empty ever after",
        ["CellOptions.OpenAsync"] = "an index of what an upgrade left to do, and empty ever after",
        ["ClientChanges.OfAsync"] = "marks are taken away within minutes; an index would cost every conversation that comes in",
        ["ClientRegister.NumberedAsync"] = "an import compares with every client who has a number",
        ["ClientRows.RestoreAsync"] = "undo of adding a client; marks are few",
        ["ClientPresences.DigestAsync"] = "whether participation is to be counted anew hangs on everybody",
        ["ClientPresences.EvaluationsAsync"] = "participation is about everybody",
        ["ClientStore.GroupAgesAsync"] = "one pass over all clients, grouped",
        ["ClientStore.GroupSizesAsync"] = "one pass over all clients, grouped",
        ["ClientPresences.AllAsync"] = "participation is about everybody",
        ["DemoOrganisation.ClearAsync"] = "empties a demo",
        ["DueRefresh.StaleAsync"] = "one pass over all clients: whose lines are of another day or basis; marks are few",
        ["ErasedClients.WithoutKeyAsync"] = "at the start: every client has a key",
        ["FollowUpFacts.Command"] = "counting everything; and changes to agreements that wait, which each run takes away",
        ["Forgetting.ClientAsync"] = "erasing a client; marks are few",
        ["FormerConversations.EraseAsync"] = "erasing a conversation; views side by side are few",
        ["ImportWriter.WriteAsync"] = "an import, held against changes at the desk since its preview",
        ["KeptRows.FamiliesAsync"] = "counting everything",
        ["LookUpRenewal.LeftAsync"] = "renewing the key of hashes, in a job",
        ["LookUpRenewal.LetRestGoAsync"] = "renewing the key of hashes, in a job",
        ["LookUpRenewal.RehashAsync"] = "renewing the key of hashes, in a job",
        ["OutcomeFacts.Command"] = "counting everything; and versions that were corrected or erased, which are few",
        ["OutcomeFacts.TouchMarkedAsync"] = "leaving marked conversations out, or no longer, is about all of them",
        ["PersonHashes.BringOverAsync"] = "once, after an upgrade",
        ["PersonHashes.OfAllAsync"] = "whoever was erased is known among all clients, by cipher text",
        ["Publisher.ShowAsync"] = "counting everything",
        ["QuoteStore.MaskAsync"] = "every name is taken out of quotes",
        ["Restore.RestoreAsync"] = "undo of adding a place or a group: foreign keys are asked whether anything is of it",
        ["Retention.IdsAsync"] = "a job, once a day",
        ["Retention.RemoveAsync"] = "a job, once a day",
        ["Retention.ScalarAsync"] = "a job, once a day, and the page that says how much it would take away",
        ["SignInBrake.TidyAsync"] = "once a minute, over a bounded number",
        ["StaffStore.RemoveAsync"] = "undo of adding somebody: foreign keys are asked whether anything is of that person",
        ["UnfinishedPublication.ClearAsync"] = "only after a run that died",
    };

    [Test]
    public async Task NothingLargeIsGoneThroughWholeButWhereItIsSaidHereWhy()
    {
        using var folder = new TemporaryFolder();
        await folder.Migrator().RunAsync(default);
        await using var connection = (SqliteConnection)await folder.Database.OpenAsync(default);
        var reader = new SqlReader(SaidToADatabaseTests.Source, SqlDialect.Sqlite);
        var (found, texts, strange) = (new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal), 0, new List<string>());
        foreach (var place in SaidToADatabaseTests.Said.Where(place => place.Columns is null))
        {
            foreach (var text in reader.Read(place).SelectMany(text => text.Split(';')).Where(text => Asks().IsMatch(text)))
            {
                if (await WholeAsync(connection, text) is not { } whole)
                {
                    strange.Add($"{place}: {text.ReplaceLineEndings(" ")}");
                    continue;
                }

                texts++;
                foreach (var table in whole)
                {
                    if (!found.TryGetValue(place.Where, out var tables))
                    {
                        found[place.Where] = tables = new SortedSet<string>(StringComparer.Ordinal);
                    }

                    tables.Add(table);
                }
            }
        }

        await TestContext.Out.WriteLineAsync($"{texts} texts; not said to this database:\n{string.Join('\n', strange)}");
        Assert.Multiple(() =>
        {
            Assert.That(texts, Is.GreaterThan(500), "it was looked for");
            Assert.That(strange, Has.Count.LessThan(texts / 10));
            Assert.That(found.Where(f => !Whole.ContainsKey(f.Key)).Select(f => $"{f.Key}: {string.Join(", ", f.Value)}"), Is.Empty, "an index is missing, or the reason");
            Assert.That(Whole.Keys.Except(found.Keys), Is.Empty, "what is named here still does it");
        });
    }

    // The tables; null where this is not said to this database.
    private static async Task<IReadOnlyList<string>?> WholeAsync(SqliteConnection connection, string text)
    {
        var names = Named().Matches(text).Select(m => (Table: m.Groups[1].Value, Alias: m.Groups[2].Success ? m.Groups[2].Value : m.Groups[1].Value)).Where(n => Large.Contains(n.Table)).ToLookup(n => n.Alias, n => n.Table);
        await using var command = connection.CreateCommand();
        // A list is one of one, here.
        command.CommandText = "EXPLAIN QUERY PLAN " + Lists().Replace(text, "IN ($1)");
        foreach (var name in Names().Matches(text).Select(m => m.Value).Distinct())
        {
            command.Parameters.AddWithValue(name, 1);
        }

        var whole = new List<string>();
        try
        {
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                if (Scans().Match(rows.GetString(3)) is { Success: true } scan)
                {
                    whole.AddRange(names[scan.Groups[1].Value].Concat(Large.Where(l => l == scan.Groups[1].Value)).Distinct());
                }
            }

        }
        catch (SqliteException error) when (error.SqliteErrorCode == NotSaid)
        {
            return null;
        }

        return whole;
    }

    [GeneratedRegex(@"^\s*(SELECT|WITH|UPDATE|DELETE|INSERT)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Asks();

    [GeneratedRegex(@"\b(?:FROM|JOIN|UPDATE|INTO)\s+(\w+)(?:\s+(?:AS\s+)?(?!WHERE\b|JOIN\b|LEFT\b|CROSS\b|INNER\b|ON\b|ORDER\b|GROUP\b|SET\b|UNION\b|VALUES\b|SELECT\b|LIMIT\b|HAVING\b)(\w+))?", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex(@"\bIN\s+(@\w+)")]
    private static partial Regex Lists();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Names();

    [GeneratedRegex(@"^SCAN (\w+)")]
    private static partial Regex Scans();
}
