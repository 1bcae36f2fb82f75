// The tree of places as it was in each month. A place can be put under another one; what was said before that month stays where it
// counted, so that a figure that was shown never changes afterwards, and nothing follows from laying two publications side by side.
using System.Data.Common;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Clients.Places;

/// <summary>A place that was put under another one.</summary>
internal sealed record PlaceMove
{
    public Guid Id { get; init; }

    public Guid PlaceId { get; init; }

    public Guid FromParentId { get; init; }

    public Guid ToParentId { get; init; }

    /// <summary>The first day, of a month, on which what is said there counts below the new one.</summary>
    public DateOnly CountsFrom { get; init; }

    public DateTimeOffset MovedAt { get; init; }
}

/// <summary>Finds what a place was below on a day. Pure.</summary>
internal sealed class PlacesOverTime
{
    private readonly IReadOnlyList<DateOnly> begins;
    private readonly IReadOnlyList<Tree> trees;

    /// <param name="places">As they are now.</param>
    /// <param name="moves">Every one there was, in any order; of a place one for each month.</param>
    public PlacesOverTime(IReadOnlyList<Place> places, IReadOnlyList<PlaceMove> moves)
    {
        Moves = moves;
        // The first tree is of all days before the first change.
        begins = [.. moves.Select(m => m.CountsFrom).Append(DateOnly.MinValue).Distinct().Order()];
        var later = moves.OrderBy(m => m.CountsFrom).ToLookup(m => m.PlaceId);
        // On a day the parent is the one that the next change took the place away from.
        trees = [.. begins.Select(day => new Tree(places.ToDictionary(p => p.Id, p => later[p.Id].FirstOrDefault(m => m.CountsFrom > day) is { } next ? next.FromParentId : p.ParentId)))];
    }

    /// <summary>Every change there was.</summary>
    public IReadOnlyList<PlaceMove> Moves { get; }

    /// <summary>The places that a place was below on a day, itself first and the organisation last.</summary>
    public IEnumerable<Guid> Above(Guid place, DateOnly on) => TreeOn(on).Above[place];

    /// <summary>The places right below a place on a day.</summary>
    public IEnumerable<Guid> Below(Guid place, DateOnly on) => TreeOn(on).Below[place];

    /// <summary>Every place that was right above a place at some time.</summary>
    public IEnumerable<Guid> ParentsEver(Guid place) => trees.Select(t => t.Parents.GetValueOrDefault(place)).OfType<Guid>().Distinct();

    /// <summary>Every place that was right below a place at some time.</summary>
    public IEnumerable<Guid> ChildrenEver(Guid place) => trees.SelectMany(t => t.Below[place]).Distinct();

    /// <summary>What each place was right below on a day; null for the organisation.</summary>
    public IReadOnlyDictionary<Guid, Guid?> ParentsOn(DateOnly on) => TreeOn(on).Parents;

    /// <summary>Whether the tree is the same on all days from one to another.</summary>
    public bool IsOneTree(DateOnly from, DateOnly until) => !begins.Any(day => day > from && day <= until);

    /// <summary>The first day of the month after a day: from then on a change counts, for of this month something may have been counted.</summary>
    public static DateOnly CountsFrom(DateOnly today) => new DateOnly(today.Year, today.Month, 1).AddMonths(1);

    /// <summary>Reads every change. Read the places first: a change without its places takes nothing that was away, places without their change would.</summary>
    public static async Task<IReadOnlyList<PlaceMove>> ReadAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancel) =>
        [.. await connection.QueryAsync<PlaceMove>(new CommandDefinition(
            "SELECT Id, PlaceId, FromParentId, ToParentId, CountsFrom, MovedAt FROM PlaceMove ORDER BY CountsFrom, PlaceId", transaction: transaction, cancellationToken: cancel))];

    /// <summary>Reads places and changes.</summary>
    public static async Task<PlacesOverTime> ReadAsync(ClientStore clients, IDatabase database, CancellationToken cancel)
    {
        var places = await clients.PlacesAsync(cancel);
        await using var connection = await database.OpenAsync(cancel);
        return new PlacesOverTime(places, await ReadAsync(connection, null, cancel));
    }

    private Tree TreeOn(DateOnly day)
    {
        var at = begins.Count - 1;
        while (begins[at] > day)
        {
            at--;
        }

        return trees[at];
    }

    private sealed class Tree
    {
        public Tree(IReadOnlyDictionary<Guid, Guid?> parents)
        {
            Parents = parents;
            Above = parents.Keys.SelectMany(p => Upwards(p).Select(a => (p, a))).ToLookup(x => x.p, x => x.a);
            Below = parents.Where(p => p.Value is not null).ToLookup(p => p.Value!.Value, p => p.Key);
        }

        public IReadOnlyDictionary<Guid, Guid?> Parents { get; }

        public ILookup<Guid, Guid> Above { get; }

        public ILookup<Guid, Guid> Below { get; }

        private IEnumerable<Guid> Upwards(Guid place)
        {
            for (Guid? at = place; at is { } id; at = Parents[id])
            {
                yield return id;
            }
        }
    }
}
