using System.Text.RegularExpressions;
using ClientVoice.Commands;
using Dapper;

namespace ClientVoice.Tests.Conversations;

/// <summary>Nothing about a client is left out of the overview unseen. By SQLite's schema, which has the same tables as SQL Server's.</summary>
public sealed class ClientOverviewTests
{
    // Tables with a client in them that are not in the overview, and why.
    private static readonly Dictionary<string, string> NotInTheOverview = new()
    {
        ["Answer"] = "the same as the document, in columns for counting",
        ["SideBySidePart"] = "which conversations the talk was about: in its document",
        ["OutcomeChange"] = "the queue of counting: ids", ["FollowUpChange"] = "the queue of counting: ids",
        ["ClientChange"] = "the queue of who is due: ids", ["DueClient"] = "from what lines of who is due were made: a hash",
        ["DueLine"] = "follows from conversations, choices and decisions, which are in it, and is made anew from them",
        ["QualityReportQuote"] = "where released words stand: the words and that they are quoted are in it",
        ["FeedKey"] = "nobody's", ["ReflectionPoint"] = "about a place",
    };

    [Test]
    public async Task EveryTableThatIsAboutAClientIsInTheOverviewOrNamedWithAReason()
    {
        using var folder = new TemporaryFolder(Databases.Sqlite);
        await folder.Migrator().RunAsync(default);
        await using var connection = await folder.Database.OpenAsync(default);
        var tables = (await connection.QueryAsync<string>(
            """
            SELECT DISTINCT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
            WHERE m.type = 'table' AND (c.name IN ('ClientId', 'ConversationId', 'SubjectId'))
            """)).ToList();
        var source = await File.ReadAllTextAsync(Path.Combine(HousePaths.House, "src/ClientVoice/Conversations/Rights/Overview.cs"))
            + await File.ReadAllTextAsync(Path.Combine(HousePaths.House, "src/ClientVoice/Conversations/Rights/Consents.cs"))
            + await File.ReadAllTextAsync(Path.Combine(HousePaths.House, "src/ClientVoice/Clients/Register/ClientRegister.cs"));
        Assert.That(tables, Has.Count.GreaterThan(10), "the schema was read");
        Assert.That(tables.Where(t => !Regex.IsMatch(source, $@"(FROM|JOIN) {t}\b") && !NotInTheOverview.ContainsKey(t)), Is.Empty);
    }
}
