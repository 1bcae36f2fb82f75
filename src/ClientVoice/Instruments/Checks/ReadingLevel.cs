// Not a readability score to believe in, but two figures that a writer can act on: how long the sentences are
// and how many words are long.
using System.Globalization;
using ClientVoice.Instruments.Loading;

namespace ClientVoice.Instruments.Checks;

/// <summary>How hard the Dutch texts for clients are to read.</summary>
/// <param name="WordsPerSentence">The average.</param>
/// <param name="LongWords">The share of words of more than ten letters, 0 to 1.</param>
internal sealed record ReadingLevel(double WordsPerSentence, double LongWords)
{
    // Dutch writes compounds as one word: ten letters takes in "begeleiding", and leaves out "gesprek".
    private const int LongFrom = 11;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{WordsPerSentence:0.0} words per sentence, {LongWords * 100:0}% long words");

    public static ReadingLevel Of(IEnumerable<string> texts)
    {
        var sentences = texts.SelectMany(Sentences).Select(Words).Where(words => words.Count > 0).ToList();
        var words = sentences.SelectMany(sentence => sentence).ToList();
        return words.Count == 0
            ? new ReadingLevel(0, 0)
            : new ReadingLevel((double)words.Count / sentences.Count, (double)words.Count(word => word.Length >= LongFrom) / words.Count);
    }

    /// <summary>What a client reads or hears of an instrument, in Dutch.</summary>
    public static ReadingLevel Of(Instrument instrument)
    {
        using var bundle = System.Text.Json.JsonDocument.Parse(instrument.Bundle);
        return Of([.. bundle.RootElement.Members("properties")
            .Select(question => question.Value.Member("cv") ?? default)
            .SelectMany(cv => new[] { cv.LocalText("text"), cv.LocalText("help") })
            .OfType<Shell.LocalText>()
            .Select(text => text.Nl)]);
    }

    /// <summary>The sentences of a text: they end with . ! ? or … before a space, or with the line.</summary>
    public static IEnumerable<string> Sentences(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var ends = text[at] == '\n' || (".!?…".Contains(text[at], StringComparison.Ordinal) && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1])));
            if (ends)
            {
                yield return text[start..(at + 1)];
                start = at + 1;
            }
        }

        if (start < text.Length)
        {
            yield return text[start..];
        }
    }

    /// <summary>The words of a sentence: what stands between spaces and has a letter or a digit.</summary>
    public static IReadOnlyList<string> Words(string sentence) =>
        [.. sentence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Trim('.', ',', '!', '?', ':', ';', '"', '\'', '(', ')', '…', '‘', '’', '“', '”'))
            .Where(word => word.Any(char.IsLetterOrDigit))];
}
