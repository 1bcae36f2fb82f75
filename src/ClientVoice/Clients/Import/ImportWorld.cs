// Everything that the rows of a list are held against, read once: a list of ten thousand asks nothing of the database row by row.
using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Clients.Places;
using ClientVoice.Clients.Register;
using ClientVoice.Instruments;
using ClientVoice.Shell;

namespace ClientVoice.Clients.Import;

/// <summary>What is there already.</summary>
internal sealed class ImportWorld
{
    /// <summary>By plain name, and by plain "place above / name".</summary>
    public required ILookup<string, PlaceLine> Places { get; init; }

    public required IReadOnlyDictionary<string, Guid> Groups { get; init; }

    public required IReadOnlyDictionary<string, string> Communications { get; init; }

    public required IReadOnlyDictionary<string, string> Relations { get; init; }

    /// <summary>By plain name and by plain e-mail address.</summary>
    public required ILookup<string, StaffMember> Workers { get; init; }

    /// <summary>Every place with all places above it, itself included.</summary>
    public required IReadOnlyDictionary<Guid, IReadOnlyList<Guid>> Above { get; init; }

    /// <summary>With which numbers are hashed.</summary>
    public required LookUpKeys Keys { get; init; }

    /// <summary>The clients in scope that have a number, by its hash under whichever key it stands.</summary>
    public required IReadOnlyDictionary<string, ClientRecord> Clients { get; init; }

    /// <summary>The hashes of numbers of clients who are out of scope, under whichever key they stand.</summary>
    public required IReadOnlySet<string> Elsewhere { get; init; }

    public required DateOnly Today { get; init; }

    public static ILookup<string, PlaceLine> ByName(IReadOnlyList<PlaceLine> tree)
    {
        var names = tree.ToDictionary(p => p.Id, p => p.Name);
        return tree
            .SelectMany(p => new[] { p.Name, p.ParentId is { } parent && names.TryGetValue(parent, out var above) ? $"{above} / {p.Name}" : null }.OfType<string>().Select(name => (Name: ImportField.Plain(name), Place: p)))
            .ToLookup(x => x.Name, x => x.Place);
    }

    public static IReadOnlyDictionary<string, Guid> ByName(IReadOnlyList<ClientGroup> groups) => Words(groups.SelectMany(g => new[] { (g.Code, g.Id), (g.Name.Nl, g.Id), (g.Name.In("en"), g.Id) }));

    public static IReadOnlyDictionary<string, string> CommunicationWords() => Words(Both(ClientCodes.Communications, CatalogueTexts.Communication));

    public static IReadOnlyDictionary<string, string> RelationWords() => Words(
        [.. Both(ClientCodes.Relations, ClientTexts.Relation), ("moeder", "parent"), ("vader", "parent"), ("broer", "sibling"), ("zus", "sibling"), ("zoon", "child"), ("dochter", "child"), ("curator", "guardian"), ("voogd", "guardian"), ("familie", "family"), ("vriend", "friend"), ("vriendin", "friend")]);

    public static ILookup<string, StaffMember> ByName(IReadOnlyList<StaffMember> workers) =>
        workers.SelectMany(w => new[] { w.Name, w.Email }.Select(name => (Name: ImportField.Plain(name), Worker: w))).ToLookup(x => x.Name, x => x.Worker);

    /// <summary>A day as a list writes it; null where it cannot be read.</summary>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "d-M-yyyy", "d/M/yyyy", "d.M.yyyy", "yyyyMMdd", "d MMMM yyyy"], Language.InDutch.Culture, DateTimeStyles.AllowWhiteSpaces, out var day)
            ? day
            // A day that Excel shows as a number, as it counts them.
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var serial) && serial is > 3_000 and < 80_000 ? DateOnly.FromDateTime(DateTime.FromOADate(serial)) : null;

    private static IEnumerable<(string, string)> Both(IReadOnlyList<string> codes, Func<string, Language, string> words) =>
        codes.SelectMany(code => new[] { (code, code), (words(code, Language.InDutch), code), (words(code, Language.InEnglish), code) });

    private static Dictionary<string, T> Words<T>(IEnumerable<(string Word, T Value)> words) =>
        words.GroupBy(w => ImportField.Plain(w.Word)).ToDictionary(g => g.Key, g => g.First().Value);
}
