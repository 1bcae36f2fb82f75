// Which conversations belong side by side, and whether all who were asked have answered. Pure.
using ClientVoice.Instruments;

namespace ClientVoice.Conversations.SideBySides;

/// <summary>A finished conversation that waits to be laid beside others.</summary>
internal sealed record Side
{
    public Guid Id { get; init; }

    public Guid ClientId { get; init; }

    public string InstrumentId { get; init; } = "";

    public string InstrumentVersion { get; init; } = "";

    public string Perspective { get; init; } = "";

    public Guid PersonId { get; init; }

    public DateOnly HeldOn { get; init; }

    public DateTimeOffset EndedAt { get; init; }
}

/// <summary>The sides of one client and instrument version.</summary>
/// <param name="Complete">Everyone who is needed has answered: only then may one see the other's answers.</param>
internal sealed record SideSet(Guid ClientId, InstrumentKey Instrument, IReadOnlyList<Side> Sides, bool Complete);

/// <summary>Puts sides together.</summary>
internal static class SideRule
{
    /// <summary>Whether answers to this instrument are laid side by side: more than one view of a client is needed.</summary>
    public static bool Applies(Instrument instrument) => instrument.Subject == "client" && instrument.Perspectives.Values.Sum() > 1;

    /// <summary>The sets, from conversations that have not been laid side by side yet. Of one view the latest counts.</summary>
    public static IEnumerable<SideSet> SetsOf(IEnumerable<Side> waiting, Func<InstrumentKey, Instrument?> find)
    {
        foreach (var group in waiting.GroupBy(s => (s.ClientId, Key: new InstrumentKey(s.InstrumentId, s.InstrumentVersion))))
        {
            if (find(group.Key.Key) is not { } instrument || !Applies(instrument))
            {
                continue;
            }

            var sides = group
                .Where(s => instrument.Perspectives.ContainsKey(s.Perspective))
                .GroupBy(s => (s.Perspective, Person: instrument.Perspectives[s.Perspective] > 1 ? s.PersonId : Guid.Empty))
                .Select(same => same.OrderBy(s => s.EndedAt).ThenBy(s => s.Id).Last())
                .OrderBy(s => s.EndedAt).ThenBy(s => s.Id)
                .ToList();
            if (sides.Count > 0)
            {
                yield return new SideSet(group.Key.ClientId, group.Key.Key, sides, IsComplete(instrument, sides));
            }
        }
    }

    /// <summary>Whether these sides are everyone who is needed: as many different people for each perspective as the instrument asks.</summary>
    public static bool IsComplete(Instrument instrument, IReadOnlyCollection<Side> sides) =>
        instrument.Perspectives.All(needed => sides.Count(s => s.Perspective == needed.Key) >= needed.Value);
}
