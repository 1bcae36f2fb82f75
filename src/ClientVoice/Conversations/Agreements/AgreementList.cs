// The list of agreements, page by page. What ended only becomes more: of that a page is found by counting, and never by sorting all.
using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Shell.Lists;
using Dapper;

namespace ClientVoice.Conversations.Agreements;

/// <summary>Reads the list.</summary>
internal sealed class AgreementList(IDatabase database, AgreementReader reader, OpenedNames names, TimeProvider time)
{
    private const string Since = " AND a.ToldBackAt >= @since";

    // By these the database sorts: what many have in common; no day comes last.
    private static readonly Dictionary<string, (string Up, string Down)> Orders = new()
    {
        ["due"] = ("CASE WHEN a.DueOn IS NULL THEN 1 ELSE 0 END, a.DueOn", "CASE WHEN a.DueOn IS NULL THEN 1 ELSE 0 END, a.DueOn DESC"),
        ["place"] = ("p.Name", "p.Name DESC"),
        ["told"] = ("a.ToldBackAt", "a.ToldBackAt DESC"),
    };

    /// <summary>The columns by which the list can be sorted, the usual one first.</summary>
    public static IReadOnlyList<string> Sorts { get; } = [.. Orders.Keys];

    /// <summary>How a list is sorted where nobody says: what runs by its day, what the client was told by when, the last first.</summary>
    public static string UsualSort(string? state) => state == AgreementFilter.Closed ? "-told" : "due";

    /// <summary>A part of the list, and how many there are. Names are cipher text: a search opens those of the clients who pass the other filters, and finds them in memory.</summary>
    /// <param name="sort">One of <see cref="Sorts"/>.</param>
    public async Task<(IReadOnlyList<AgreementLine> Lines, int Total)> ListAsync(Guid person, AgreementFilter filter, string sort, bool descending, int skip, int take, CancellationToken cancel)
    {
        var (where, order) = (Where(filter), Order(sort, descending));
        var values = new DynamicParameters(new { person, place = filter.Place, client = filter.Client, skip, take });
        await using var connection = await database.OpenAsync(cancel);
        if (filter.Search is { } search)
        {
            var found = (await connection.QueryAsync<FoundRow>(new CommandDefinition($"SELECT a.Id, c.NameSecret {AgreementReader.InScope}{where} ORDER BY {order}", values, cancellationToken: cancel)))
                .Where(r => NameSearch.Matches(names.Open(r.NameSecret), search)).Select(r => r.Id).ToList();
            return (await OfAsync(connection, found.Skip(skip).Take(Math.Min(take, ListAddress.PageSize)), order, person, cancel), found.Count);
        }

        int total;
        var shown = "";
        if (filter is { Whose: AgreementFilter.All, State: AgreementFilter.Closed } && !(sort == "told" && descending))
        {
            (total, var withUndated) = await ShowAsync(connection, where, sort, descending, skip, take, values, cancel);
            shown = Shown(sort, withUndated);
        }
        else
        {
            total = await CountAsync(connection, (filter.Whose == AgreementFilter.All ? AgreementReader.Anybodys : AgreementReader.InScope) + where, values, cancel);
            if (filter is { Whose: AgreementFilter.All, State: AgreementFilter.Closed } && total > take)
            {
                shown = await WasToldLatelyAsync(connection, where, (long)skip + take, values, cancel)
                    ? Since
                    : Shown(sort, (await ShowAsync(connection, where, sort, descending, skip, take, values, cancel)).WithUndated);
            }
        }

        // Sorted by their ids alone, so that words are read of one page and not of all that are sorted.
        var page = $"(SELECT a.Id {AgreementReader.InScope}{where}{shown} ORDER BY {order}{database.Dialect.Page("@skip", "@take")})";
        return (await reader.ReadAsync(connection, $"{AgreementReader.InScope} AND a.Id IN {page} ORDER BY {order}", values, person, cancel), total);
    }

    /// <summary>The whole list, whose lines are read as they are asked for. A search is not for this.</summary>
    /// <param name="sort">One of <see cref="Sorts"/>.</param>
    public async Task<WholeList<AgreementLine>> WholeAsync(Guid person, AgreementFilter filter, string sort, bool descending, CancellationToken cancel)
    {
        var (where, order) = (Where(filter), Order(sort, descending));
        await using var connection = await database.OpenAsync(cancel);
        var ids = await connection.QueryAsync<Guid>(new CommandDefinition(
            $"SELECT a.Id {AgreementReader.InScope}{where} ORDER BY {order}", new { person, place = filter.Place, client = filter.Client }, cancellationToken: cancel));
        return new WholeList<AgreementLine>(ids.AsList(), async (some, stop) =>
        {
            await using var again = await database.OpenAsync(stop);
            return await OfAsync(again, some, order, person, stop);
        });
    }

    private Task<IReadOnlyList<AgreementLine>> OfAsync(DbConnection connection, IEnumerable<Guid> ids, string order, Guid person, CancellationToken cancel) =>
        reader.ReadAsync(connection, $"{AgreementReader.InScope} AND a.Id IN @ids ORDER BY {order}", new { person, ids = IdList.Of(ids) }, person, cancel);

    private async Task<bool> WasToldLatelyAsync(DbConnection connection, string where, long wanted, DynamicParameters values, CancellationToken cancel) =>
        await Lately.SinceAsync(time, wanted, since =>
        {
            // From the beginning of that day or later, wherever its noon is.
            values.Add("since", new DateTimeOffset(since, TimeOnly.MinValue, TimeSpan.Zero));
            return CountAsync(connection, AgreementReader.Anybodys + where + Since, values, cancel);
        }) is not null;

    private static Task<int> CountAsync(DbConnection connection, string from, DynamicParameters values, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<int>(new CommandDefinition($"SELECT COUNT(*) {from}", values, cancellationToken: cancel));

    // Sets the values of what a page shows, and of how many of that come before it.
    private static async Task<(int Total, bool WithUndated)> ShowAsync(DbConnection connection, string where, string sort, bool descending, int skip, int take, DynamicParameters values, CancellationToken cancel)
    {
        var order = By(sort, descending);
        switch (sort)
        {
            case "place":
                var (places, ofPlaces) = await Sections.ShownAsync<string>(
                    connection,
                    $"""
                    SELECT p.Name, SUM(x.Size)
                    FROM (SELECT c.PlaceId, COUNT(*) AS Size {AgreementReader.Anybodys}{where} GROUP BY c.PlaceId) x JOIN Place p ON p.Id = x.PlaceId
                    GROUP BY p.Name ORDER BY {order}
                    """,
                    values, skip, take, cancel);
                values.Add("places", places);
                return (ofPlaces, false);
            case "told":
                return Between(await Sections.ShownAsync<DateTimeOffset?>(
                    connection, $"SELECT a.ToldBackAt, COUNT(*) {AgreementReader.Anybodys}{where} GROUP BY a.ToldBackAt ORDER BY {order}", values, skip, take, cancel));
            default:
                return Between(await Sections.ShownAsync<DateOnly?>(
                    connection, $"SELECT a.DueOn, COUNT(*) {AgreementReader.Anybodys}{where} GROUP BY a.DueOn ORDER BY {order}", values, skip, take, cancel));
        }

        (int Total, bool WithUndated) Between<T>((IReadOnlyList<T?> Shown, int Total) sections)
            where T : struct
        {
            values.Add("first", sections.Shown.Min());
            values.Add("last", sections.Shown.Max());
            return (sections.Total, sections.Shown.Contains(null));
        }
    }

    private static string Shown(string sort, bool withUndated) => sort switch
    {
        "place" => " AND p.Name IN @places",
        "told" => " AND a.ToldBackAt >= @first AND a.ToldBackAt <= @last",
        _ => withUndated ? " AND (a.DueOn IS NULL OR (a.DueOn >= @first AND a.DueOn <= @last))" : " AND a.DueOn >= @first AND a.DueOn <= @last",
    };

    private static string By(string sort, bool descending) => descending ? Orders[sort].Down : Orders[sort].Up;

    // Every order ends in the id.
    private static string Order(string sort, bool descending) => $"{By(sort, descending)}, v.HeldOn, a.Position, a.Id";

    private static string Where(AgreementFilter filter) =>
        filter.Whose switch { AgreementFilter.Mine => AgreementReader.IsMine, AgreementFilter.Nobody => AgreementReader.IsNobodys, _ => "" }
        + filter.State switch
        {
            AgreementFilter.Open => $" AND {AgreementReader.IsOpen}",
            AgreementFilter.Tell => $" AND {AgreementReader.IsToTell}",
            AgreementFilter.Closed => $" AND {AgreementReader.IsTold}",
            _ => "",
        }
        + (filter.Place is null ? "" : " AND c.PlaceId IN (SELECT DescendantId FROM PlaceTree WHERE AncestorId = @place)")
        + (filter.Client is null ? "" : " AND a.ClientId = @client");

    private sealed record FoundRow
    {
        public Guid Id { get; init; }

        public byte[] NameSecret { get; init; } = [];
    }
}
