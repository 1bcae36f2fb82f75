// Whether, and from when, a client has a turn by a choice: drawn or not, in a rhythm or at a moment, at once or spread. Pure, and
// one rule for the desk, the tablets and the count of who was invited.
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

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

    /// <summary>The last day of support.</summary>
    public const string Farewell = "farewell";

    /// <summary>A conversation this long before a moment, or later, is the one for that moment: a quarter, as for observers.</summary>
    public const int DaysBefore = ObservationRounds.Days;

    /// <summary>The moments at which a choice can ask.</summary>
    public static readonly IReadOnlyList<string> Moments = [Start, Farewell];

    /// <summary>
    /// Whether a client is among those drawn. It follows from group and client alone: whoever is drawn stays drawn, in every view and
    /// with every later choice, a larger share adds people, and a newcomer has the same chance as everybody.
    /// </summary>
    public static bool IsDrawn(Guid groupId, Guid clientId, int sharePercent) => sharePercent >= 100 || Part("draw", groupId, clientId) * 100 < sharePercent;

    /// <summary>The first day on which a client is asked; null where the client is not.</summary>
    /// <param name="from">First day in support.</param>
    /// <param name="until">Last day in support, as far as it is known.</param>
    public static DateOnly? First(TurnRule rule, Guid clientId, DateOnly from, DateOnly? until)
    {
        if (!IsDrawn(rule.GroupId, clientId, rule.SharePercent))
        {
            return null;
        }

        return rule.Moment switch
        {
            // Who was there already when the choice began has had that moment.
            Start => from >= rule.FromOn ? from : null,
            Farewell => until >= rule.FromOn ? until : null,
            not null => null,
            null when rule.Spreads && from <= rule.FromOn => rule.FromOn.AddDays((int)(Part("spread", rule.GroupId, clientId) * Days(rule))),
            null => from > rule.FromOn ? from : rule.FromOn,
        };
    }

    private static int Days(TurnRule rule) => rule.FromOn.AddMonths(rule.EveryMonths).DayNumber - rule.FromOn.DayNumber;

    // Evenly from 0 up to 1, and always the same for this group and client. The ids are random, so nobody can choose who is drawn.
    private static double Part(string what, Guid groupId, Guid clientId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what}/{groupId:N}/{clientId:N}")), hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash) / (uint.MaxValue + 1.0);
    }
}
