// minLength, maxLength, pattern, format.
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ClientVoice.Instruments.Schema.Keywords;

internal sealed class LengthKeyword : Keyword
{
    private readonly int limit;

    private LengthKeyword(KeywordSite site, int limit)
        : base(site) => this.limit = limit;

    public static LengthKeyword? From(KeywordSite site) => site.Count() is { } limit ? new LengthKeyword(site, limit) : null;

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        if (instance.ValueKind != JsonValueKind.String)
        {
            return true;
        }

        var length = Length(instance);
        return Name == "minLength"
            ? length >= limit || run.Fail(this, $"This text is shorter than {limit} characters.")
            : length <= limit || run.Fail(this, $"This text is longer than {limit} characters.");
    }

    // In UTF-8 every byte but a continuation begins a code point; only what is escaped has to be read first.
    private static int Length(JsonElement text)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text);
        if (raw.Contains((byte)'\\'))
        {
            return text.GetString()!.EnumerateRunes().Count();
        }

        var length = -2;
        foreach (var one in raw)
        {
            length += (one & 0xC0) == 0x80 ? 0 : 1;
        }

        return length;
    }
}

internal sealed class PatternKeyword : Keyword
{
    private readonly EcmaPattern pattern;

    private PatternKeyword(KeywordSite site, EcmaPattern pattern)
        : base(site) => this.pattern = pattern;

    public static PatternKeyword? From(KeywordSite site) =>
        site.Text() is { } text && site.Compiler.Pattern(site, text) is { } pattern ? new PatternKeyword(site, pattern) : null;

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen) =>
        instance.ValueKind != JsonValueKind.String
        || pattern.IsMatch(instance.GetString()!, run, this)
        || run.Fail(this, "This text does not have the form that is asked for.");
}

internal sealed class FormatKeyword : Keyword
{
    private readonly Func<string, bool> isValid;
    private readonly string format;

    private FormatKeyword(KeywordSite site, string format, Func<string, bool> isValid)
        : base(site)
    {
        this.format = format;
        this.isValid = isValid;
    }

    /// <summary>Null, and so without effect, unless formats are asserted and this one is known.</summary>
    public static FormatKeyword? From(KeywordSite site)
    {
        var asserts = site.Compiler.AssertsFormats || site.Place.Resource.Dialect.Has(Vocabularies.FormatAssertion);
        return site.Text() is { } format && asserts && Formats.Find(format) is { } isValid
            ? new FormatKeyword(site, format, isValid)
            : null;
    }

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen) =>
        instance.ValueKind != JsonValueKind.String
        || isValid(instance.GetString()!)
        || run.Fail(this, $"This text is not a valid {format}.");
}
