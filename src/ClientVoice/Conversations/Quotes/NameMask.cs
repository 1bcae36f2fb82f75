// Takes the names that the organisation knows out of somebody's own words, before a person reads them to release them.
// Rather a word too many than a name too few: what is left is read by somebody, and what was taken away is not missed.
using System.Globalization;
using System.Text;

namespace ClientVoice.Conversations.Quotes;

/// <summary>The names to take out.</summary>
/// <remarks>
/// Of people each part of a name, whatever its case, accents or ending (<c>Anna's</c>, <c>Sannetje</c>); parts that are everyday
/// words (<c>Wil</c>, <c>Roos</c>, <c>de Boer</c>) and those of two letters only where they begin with a capital. Of places the
/// whole name. A name that nobody here has is not found: that is why somebody reads the rest.
/// </remarks>
internal sealed class NameMask
{
    /// <summary>What stands in the place of a person's name.</summary>
    public const string Person = "[naam]";

    /// <summary>What stands in the place of a place's name.</summary>
    public const string Place = "[plaats]";

    private static readonly HashSet<string> Between =
        ["van", "de", "den", "der", "het", "ten", "ter", "op", "in", "aan", "bij", "te", "el", "al", "la", "le", "da", "di", "du", "von", "zu", "en", "of", "uit", "tot", "voor", "mevrouw", "meneer", "dhr", "mw"];

    private static readonly HashSet<string> Everyday =
    [
        "baas", "bakker", "bas", "beer", "berg", "bloem", "boer", "bol", "boom", "bos", "brand", "brouwer", "brug", "bruin", "dag", "dekker", "dijk", "dokter", "fleur", "floor",
        "groot", "groen", "haan", "haas", "hof", "jager", "jong", "joy", "klein", "kok", "koning", "kuiper", "lang", "lief", "linde", "maan", "mees", "meer", "meester", "molen", "mooi", "mulder", "noor",
        "post", "prins", "roos", "rood", "ruiter", "sam", "schilder", "smit", "ster", "storm", "vos", "vis", "visser", "vogel", "vrede", "vriend", "wil", "winter", "wit", "wolf", "zee", "zomer", "zon", "zwart",
        "huis", "hier", "thuis", "water", "wind", "gast", "hart", "hoek", "kerk", "kamp", "markt", "plein", "school", "tuin", "veld", "weg", "zorg", "dam", "bal", "may", "hope", "faith", "summer", "rose", "will", "mark",
    ];

    private static readonly string[] Endings = ["", "s", "tje", "tjes", "je", "jes", "pje", "pjes", "etje", "etjes"];

    private readonly HashSet<string> names = [];
    private readonly HashSet<string> onlyCapital = [];
    private readonly Dictionary<string, List<string[]>> places = [];

    /// <param name="people">Names of clients and staff, whole or short.</param>
    /// <param name="placeNames">Names of the organisation's places.</param>
    public NameMask(IEnumerable<string> people, IEnumerable<string> placeNames)
    {
        foreach (var part in people.SelectMany(name => Words(name)).Select(word => word.Plain).Where(part => part.Length > 1 && !Between.Contains(part)))
        {
            (part.Length == 2 || Everyday.Contains(part) ? onlyCapital : names).Add(part);
        }

        foreach (var words in placeNames.Select(name => Words(name).Select(word => word.Plain).ToArray()).Select(WithoutArticle).Where(words => words.Length > 0))
        {
            // One everyday word is no name of a place that anybody would know again.
            if (words is not [{ } only] || (only.Length > 2 && !Everyday.Contains(only)))
            {
                (places.TryGetValue(words[0], out var there) ? there : places[words[0]] = []).Add(words);
            }
        }
    }

    /// <summary>The text without the names.</summary>
    public string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = Words(text);
        var result = new StringBuilder();
        var end = 0;
        for (var i = 0; i < words.Count; i++)
        {
            var length = PlaceAt(words, i);
            var mask = length > 0 ? Place : IsName(words[i]) ? Person : null;
            if (mask is null)
            {
                continue;
            }

            var last = words[i + Math.Max(length, 1) - 1];
            result.Append(text, end, words[i].Start - end).Append(mask);
            end = last.End;
            i += Math.Max(length, 1) - 1;
        }

        return result.Append(text, end, text.Length - end).ToString();
    }

    private static string[] WithoutArticle(string[] words) => words is ["de" or "het" or "t", _, ..] ? words[1..] : words;

    private bool IsName(Word word) => Endings.Any(ending =>
        word.Plain.Length > ending.Length && word.Plain.EndsWith(ending, StringComparison.Ordinal) && word.Plain[..^ending.Length] is var stem
        && (names.Contains(stem) || (word.Capital && onlyCapital.Contains(stem))));

    private int PlaceAt(List<Word> words, int at) => !places.TryGetValue(words[at].Plain, out var there) ? 0 : there
        .Where(name => at + name.Length <= words.Count && name.Select((part, i) => words[at + i].Plain == part).All(same => same))
        .Select(name => name.Length).DefaultIfEmpty().Max();

    // A word is letters and digits, with an apostrophe within: Anna's is annas.
    private static List<Word> Words(string text)
    {
        var words = new List<Word>();
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && (IsPart(text[i]) || (text[i] is '\'' or '’' && i + 1 < text.Length && char.IsLetter(text[i + 1]))))
            {
                i++;
            }

            words.Add(new Word(start, i, Plain(text[start..i]), char.IsUpper(text[start])));
        }

        return words;
    }

    private static bool IsPart(char letter) => char.IsLetterOrDigit(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark;

    // Without accents, case and apostrophes: André is Andre.
    private static string Plain(string word) => string.Concat(word.Normalize(NormalizationForm.FormD).Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private sealed record Word(int Start, int End, string Plain, bool Capital);
}
