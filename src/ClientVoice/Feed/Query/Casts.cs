using System.Globalization;
using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Query;

/// <summary>Reads <c>cast</c>, as far as both databases write a value of one type alike in the other.</summary>
internal static class Casts
{
    /// <exception cref="Problems.ProblemException">The feed does not do this cast, or the text is not such a value.</exception>
    public static Term Read(Term operand, PublishedType type, string option) => (operand, operand.Type, type) switch
    {
        (ConstantTerm { Value: null }, _, _) => new ConstantTerm(null, type),
        (_, var from, var to) when from == to => operand,
        (ConstantTerm { Value: string text }, _, _) => Parsed(text, type) ?? throw Refusal.NotValid(option, $"cast in {option}: the text is not a value of that type.", text),
        (_, PublishedType.Whole, PublishedType.Number or PublishedType.Text) => new CastTerm(operand, type),
        (_, PublishedType.Number, PublishedType.Whole) => new CastTerm(operand, type),
        (_, PublishedType.Date or PublishedType.Key, PublishedType.Text) => new CastTerm(operand, type),
        _ => throw Refusal.NotSupported($"cast from {operand.Type} to {type} in {option}"),
    };

    private static ConstantTerm? Parsed(string text, PublishedType type)
    {
        var culture = CultureInfo.InvariantCulture;
        object? value = type switch
        {
            PublishedType.Text => text,
            PublishedType.Whole => long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var whole) ? whole : null,
            PublishedType.Number => double.TryParse(text, NumberStyles.Float, culture, out var number) && double.IsFinite(number) ? number : null,
            PublishedType.Flag => bool.TryParse(text, out var flag) ? flag : null,
            PublishedType.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", culture, DateTimeStyles.None, out var date) ? date : null,
            PublishedType.Key => Guid.TryParseExact(text, "D", out var key) ? key : null,
        };
        return value is null ? null : new ConstantTerm(value, type);
    }
}
