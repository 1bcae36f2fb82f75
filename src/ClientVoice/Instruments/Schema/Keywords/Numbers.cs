// minimum, maximum and their exclusive forms, multipleOf.
using System.Text.Json;

namespace ClientVoice.Instruments.Schema.Keywords;

internal sealed class LimitKeyword : Keyword
{
    private readonly ExactNumber limit;
    private readonly string limitText;

    private LimitKeyword(KeywordSite site, ExactNumber limit)
        : base(site)
    {
        this.limit = limit;
        limitText = site.Value.GetRawText();
    }

    public static LimitKeyword? From(KeywordSite site) => site.Number() is { } limit ? new LimitKeyword(site, limit) : null;

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        if (instance.ValueKind != JsonValueKind.Number)
        {
            return true;
        }

        if (!TryRead(instance, run, this, out var number))
        {
            return false;
        }

        var (valid, text) = Name switch
        {
            "minimum" => (number >= limit, "at least"),
            "maximum" => (number <= limit, "at most"),
            "exclusiveMinimum" => (number > limit, "more than"),
            _ => (number < limit, "less than"),
        };
        return valid || run.Fail(this, $"This must be {text} {limitText}.");
    }

    /// <summary>Reads a number for a keyword; one that is too long to read ends the run.</summary>
    public static bool TryRead(JsonElement instance, Evaluation run, Keyword keyword, out ExactNumber number) =>
        ExactNumber.TryRead(instance, out number)
        || run.Stop(keyword.Location, $"A number has more than {ExactNumber.MostCharacters} characters.");
}

internal sealed class MultipleOfKeyword : Keyword
{
    private readonly ExactNumber divisor;

    private MultipleOfKeyword(KeywordSite site, ExactNumber divisor)
        : base(site) => this.divisor = divisor;

    public static MultipleOfKeyword? From(KeywordSite site)
    {
        if (site.Number() is not { } divisor)
        {
            return null;
        }

        if (!divisor.IsZero && !divisor.Negative)
        {
            return new MultipleOfKeyword(site, divisor);
        }

        site.Refuse("must be more than 0");
        return null;
    }

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        if (instance.ValueKind != JsonValueKind.Number)
        {
            return true;
        }

        return LimitKeyword.TryRead(instance, run, this, out var number)
            && (number.IsMultipleOf(divisor) || run.Fail(this, "This number is between the steps that are allowed."));
    }
}
