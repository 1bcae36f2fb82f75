using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Instruments;
using ClientVoice.Shell;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Clients.Import;

/// <summary>Answers <c>GET /clients/import/template</c>: an empty list with its headings, and a sheet that says what goes where.</summary>
internal static class ImportTemplate
{
    public static async Task<IResult> HandleAsync(Language l, ClientStore store, ClaimsPrincipal user, HttpContext context)
    {
        var groups = await store.GroupsInScopeAsync(user.PersonId(), context.RequestAborted);
        // The zip writes synchronously, which a response does not take.
        var file = new MemoryStream();
        await using (var book = new Workbook(file))
        {
            await book.Sheet(l["Cliënten", "Clients"], [.. ImportField.All.Select(f => new SheetColumn(l[f.Title], f == ImportField.From || f == ImportField.Until || f == ImportField.Evaluation ? CellType.Date : CellType.Text, 22))]).DisposeAsync();
            await using var help = book.Sheet(l["Uitleg", "Explanation"], [new(l["Kolom", "Column"], CellType.Text, 24), new(l["Nodig", "Needed"], CellType.Text, 12), new(l["Wat erin komt", "What goes in"], CellType.Text, 60)]);
            foreach (var field in ImportField.All)
            {
                help.Row(l[field.Title], field.IsNeeded ? l["ja", "yes"] : l["nee", "no"], Explain(field, groups, l));
            }
        }

        file.Position = 0;
        return Results.File(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", l["clientenlijst.xlsx", "client-list.xlsx"]);
    }

    private static string Explain(ImportField field, IReadOnlyList<ClientGroup> groups, Language l) => field.Code switch
    {
        "number" => l["Het nummer uit het cliëntdossier. Hieraan wordt een cliënt de volgende keer herkend.", "The number in the client record. By it a client is recognised the next time."],
        "name" => l["Voornaam en achternaam.", "First and last name."],
        "short" => l["Leeg: het eerste woord van de naam.", "Empty: the first word of the name."],
        "place" => l["De naam van de locatie of het team, zoals hij hier heet.", "The name of the location or team, as it is here."],
        "group" => l["Eén van: ", "One of: "] + string.Join(", ", groups.Select(g => l[g.Name])),
        "communication" => l["Eén van: ", "One of: "] + string.Join(", ", Register.ClientCodes.Communications.Select(c => CatalogueTexts.Communication(c, l))),
        "year" => l["Een jaar of een datum. Alleen het jaar wordt bewaard.", "A year or a date. Only the year is kept."],
        "from" => l["Leeg: de dag van inlezen.", "Empty: the day of reading in."],
        "until" => l["De laatste dag. Leeg: nog in zorg.", "The last day. Empty: still in support."],
        "worker" => l["Naam of e-mailadres van een medewerker op die plek.", "Name or e-mail address of a member of staff at that place."],
        "evaluation" => l["De dag waarop het zorgplan wordt geëvalueerd: de volgende, of de laatste die er was.", "The day on which the care plan is evaluated: the next one, or the last one there was."],
        "representative" => l["Eén naam. Wie er nog meer bekend is, blijft staan.", "One name. Whoever else is known stays."],
        _ => l["Eén van: ", "One of: "] + string.Join(", ", Register.ClientCodes.Relations.Select(c => ClientTexts.Relation(c, l))),
    };

    /// <summary>The letters of a column with its heading, as somebody finds it in Excel.</summary>
    public static string Cell(ImportFault fault, IReadOnlyList<string> headings) =>
        (fault.Column, fault.Row) switch
        {
            ({ } column, { } row) => $"{SheetText.ColumnLetters(column)}{row} ({headings[column]})",
            (null, { } row) => $"{row}",
            _ => "",
        };
}
