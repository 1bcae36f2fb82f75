// Whether, and from when, a client has a turn by a choice: drawn or not, in a rhythm or at a moment, at once or spread. Pure, and
// one rule for the desk, the tablets and the count of who was invited.
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClientVoice.Clients;

namespace ClientVoice.Choices;

/// <summary>What of a choice decides who is asked and when first.</summary>
/// <param name="SharePercent">Of a hundred clients so many are drawn, 1 to 100.</param>
/// <param name="Moment">One of <see cref="ClientTurn.Moments"/>; null: in a rhythm.</param>
/// <param name="Spreads">Whether the first conversations are spread over the rhythm.</param>
internal sealed record TurnRule(Guid GroupId, DateOnly FromOn, int EveryMonths, int SharePercent, string? Moment, bool Spreads);

/// <summary>Works it out.</summary>
internal static class ClientTurn
{
    /// <summary>Coming into support.</summary>
    public const string Start = "start";

    /// <summary>An evaluation of the care plan: the days that are known, and after those every so many months.</summary>
    public const string Evaluation = "evaluation";

    /// <summary>The last day of support.</summary>
    public const string Farewell = "farewell";

    /// <summary>A conversation this long before a moment, or later, is the one for that moment: a quarter, as for observers.</summary>
    public const int DaysBefore = ObservationRounds.Days;

    // Nobody is asked then, and a day can still be added to.
    private const int LastYear = 3000;

    /// <summary>Whether a choice asks a client who left: a farewell that held on the last day, as long as it can still be made good.</summary>
    /// <param name="since">Who left before this day is not asked any more.</param>
    public static bool AsksWhoLeft(Choice choice, DateOnly? lastOn, DateOnly since) => choice.Moment == Farewell && lastOn is { } last && last >= since && choice.HoldsOn(last);

    /// <summary>The moments at which a choice can ask.</summary>
    public static readonly IReadOnlyList<string> Moments = [Start, Evaluation, Farewell];

    /// <summary>
    /// Whether a client is among those drawn. It follows from group and client alone: whoever is drawn stays drawn, in every view and
    /// with every later choice, a larger share adds people, and a newcomer has the same chance as everybody.
    /// </summary>
    public static bool IsDrawn(Guid groupId, Guid clientId, int sharePercent) => sharePercent >= 100 || Part("draw", groupId, clientId) * 100 < sharePercent;

    /// <summary>The first day on which a client is asked; null where the client is not.</summary>
    public static DateOnly? First(TurnRule rule, ClientPresence client)
    {
        if (rule.Moment is not null)
        {
            return MomentsOf(rule, client).Select(day => (DateOnly?)day).FirstOrDefault();
        }

        return !IsDrawn(rule.GroupId, client.Id, rule.SharePercent) ? null
            : rule.Spreads && client.StartOn <= rule.FromOn ? rule.FromOn.AddDays((int)(Part("spread", rule.GroupId, client.Id) * Days(rule)))
            : Later(client.StartOn, rule.FromOn);
    }

    /// <summary>The days on which a choice at a moment asks a client, in order; evaluations go on without end, so take no more than are needed.</summary>
    public static IEnumerable<DateOnly> MomentsOf(TurnRule rule, ClientPresence client) => !IsDrawn(rule.GroupId, client.Id, rule.SharePercent) ? [] : rule.Moment switch
    {
        // Who was there already when the choice began has had that moment. Coming into the group is a start, also from another group.
        Start => client.StartOn >= rule.FromOn ? [client.StartOn] : [],
        Evaluation => EvaluationsOf(rule, client).TakeWhile(day => client.UntilOn is null || day <= client.UntilOn),
        Farewell => client.UntilOn is { } last && last >= rule.FromOn ? [last] : [],
        _ => [],
    };

    private static IEnumerable<DateOnly> EvaluationsOf(TurnRule rule, ClientPresence client)
    {
        var from = Later(client.StartOn, rule.FromOn);
        foreach (var day in client.Evaluations.Where(day => day >= from))
        {
            yield return day;
        }

        if (client.Evaluations.Count == 0)
        {
            yield break;
        }

        // The next day is not known: so many months after the last one, and again.
        for (var next = Later(client.Evaluations[^1].AddMonths(rule.EveryMonths), from); next.Year < LastYear; next = next.AddMonths(rule.EveryMonths))
        {
            yield return next;
        }
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static int Days(TurnRule rule) => rule.FromOn.AddMonths(rule.EveryMonths).DayNumber - rule.FromOn.DayNumber;

    // Evenly from 0 up to 1, and always the same for this group and client. The ids are random, so nobody can choose who is drawn.
    private static double Part(string what, Guid groupId, Guid clientId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what}/{groupId:N}/{clientId:N}")), hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash) / (uint.MaxValue + 1.0);
    }
}
