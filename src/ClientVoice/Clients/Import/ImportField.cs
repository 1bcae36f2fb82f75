using System.Globalization;
using System.Text;
using ClientVoice.Shell;

namespace ClientVoice.Clients.Import;

/// <summary>What a column of a client list can hold.</summary>
internal sealed record ImportField
{
    /// <summary>As kept.</summary>
    public required string Code { get; init; }

    /// <summary>The heading in the template.</summary>
    public required LocalText Title { get; init; }

    /// <summary>Headings that client record systems use for it.</summary>
    public required IReadOnlyList<string> AlsoCalled { get; init; }

    /// <summary>Whether a list without it cannot be read. Place, group and communication can be left to what is kept or chosen for all.</summary>
    public bool IsNeeded { get; init; }

    public static readonly ImportField Number = new() { Code = "number", IsNeeded = true, Title = new("Cliëntnummer", "Client number"), AlsoCalled = ["clientnr", "nummer", "id", "clientid", "client id", "registratienummer", "dossiernummer", "patientnummer"] };
    public static readonly ImportField Name = new() { Code = "name", IsNeeded = true, Title = new("Naam", "Name"), AlsoCalled = ["clientnaam", "volledige naam", "weergavenaam", "naam client", "full name"] };
    public static readonly ImportField ShortName = new() { Code = "short", Title = new("Roepnaam", "Short name"), AlsoCalled = ["voornaam", "first name", "aanspreeknaam"] };
    public static readonly ImportField Place = new() { Code = "place", IsNeeded = true, Title = new("Plek", "Place"), AlsoCalled = ["locatie", "location", "team", "woning", "afdeling", "plaats", "organisatie-eenheid", "ou"] };
    public static readonly ImportField Group = new() { Code = "group", Title = new("Cliëntgroep", "Client group"), AlsoCalled = ["groep", "doelgroep", "group"] };
    public static readonly ImportField Communication = new() { Code = "communication", Title = new("Communicatie", "Communication"), AlsoCalled = ["communiceert", "manier van communiceren"] };
    public static readonly ImportField Year = new() { Code = "year", Title = new("Geboortejaar", "Year of birth"), AlsoCalled = ["geboortedatum", "geb.datum", "date of birth", "birth date"] };
    public static readonly ImportField From = new() { Code = "from", Title = new("In zorg sinds", "In support since"), AlsoCalled = ["begindatum", "startdatum", "datum in zorg", "start date", "begin zorg"] };
    public static readonly ImportField Until = new() { Code = "until", Title = new("In zorg tot en met", "In support until"), AlsoCalled = ["einddatum", "datum uit zorg", "end date", "einde zorg"] };
    public static readonly ImportField Evaluation = new() { Code = "evaluation", Title = new("Zorgplanevaluatie", "Care-plan evaluation"), AlsoCalled = ["evaluatie", "evaluatiedatum", "datum evaluatie", "volgende evaluatie", "zorgplanbespreking", "datum zorgplanbespreking", "evaluation", "evaluation date", "plan review"] };
    public static readonly ImportField Worker = new() { Code = "worker", Title = new("Vaste begeleider", "Regular worker"), AlsoCalled = ["begeleider", "persoonlijk begeleider", "pb", "zorgcoordinator", "eerste begeleider"] };
    public static readonly ImportField Representative = new() { Code = "representative", Title = new("Vertegenwoordiger", "Representative"), AlsoCalled = ["wettelijk vertegenwoordiger", "contactpersoon", "eerste contactpersoon"] };
    public static readonly ImportField Relation = new() { Code = "relation", Title = new("Relatie", "Relation"), AlsoCalled = ["relatie vertegenwoordiger", "relatie contactpersoon"] };

    /// <summary>All of them, in the order of the template.</summary>
    public static readonly IReadOnlyList<ImportField> All = [Number, Name, ShortName, Place, Group, Communication, Year, From, Until, Worker, Representative, Relation, Evaluation];

    /// <summary>The field whose name a heading is; null where none is.</summary>
    public static ImportField? ByHeading(string heading) => All.FirstOrDefault(f => f.AlsoCalled.Prepend(f.Title.Nl).Append(f.Title.In("en")).Any(known => Plain(known) == Plain(heading)));

    /// <summary>A text as people mean it: without case, accents and double spaces.</summary>
    public static string Plain(string text)
    {
        var plain = new string([.. text.Normalize(NormalizationForm.FormD).Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)]);
        return string.Join(' ', plain.ToUpperInvariant().Split((char[])[' ', '_', '\t', '\n', '\r', '\u00a0'], StringSplitOptions.RemoveEmptyEntries));
    }
}
