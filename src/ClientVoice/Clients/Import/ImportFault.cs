using ClientVoice.Shell;

namespace ClientVoice.Clients.Import;

/// <summary>What can be wrong with a list.</summary>
internal enum ImportFaultKind
{
    NotExcel,
    FileTooLarge,
    Empty,
    TooManyRows,
    TooManyColumns,
    ColumnMissing,
    FieldTwice,
    NumberMissing,
    NumberTooLong,
    NumberTwice,
    NumberElsewhere,
    NameMissing,
    NameTooLong,
    ShortNameTooLong,
    Unseen,
    PlaceMissing,
    PlaceUnknown,
    PlaceTwice,
    PlaceClosed,
    PlaceIsRegion,
    GroupMissing,
    GroupUnknown,
    CommunicationMissing,
    CommunicationUnknown,
    YearUnreadable,
    YearOutOfRange,
    FromUnreadable,
    UntilUnreadable,
    UntilBeforeFrom,
    WorkerUnknown,
    WorkerTwice,
    WorkerElsewhere,
    RelationUnknown,
    RelationMissing,
    RepresentativeMissing,
    EvaluationUnreadable,
    EvaluationOutOfRange,
}

/// <summary>Something wrong with a list, at its row and cell.</summary>
/// <param name="Row">As Excel counts; null for the file as a whole.</param>
/// <param name="Column">From 0; null where no column is to blame.</param>
/// <param name="Field">Which field it is about; null for the file as a whole.</param>
internal sealed record ImportFault(ImportFaultKind Kind, int? Row = null, int? Column = null, ImportField? Field = null)
{
    /// <summary>What is wrong, and what to do: without the value, which may be personal.</summary>
    public static LocalText Text(ImportFaultKind kind) => kind switch
    {
        ImportFaultKind.NotExcel => Say("Dit is geen Excel-bestand (.xlsx), of het is beschadigd. Sla de lijst in Excel op als .xlsx.", "This is no Excel file (.xlsx), or it is damaged. Save the list in Excel as .xlsx."),
        ImportFaultKind.FileTooLarge => Say("Dit bestand is te groot. Een cliëntlijst is hoogstens 10 MB.", "This file is too large. A client list is 10 MB at most."),
        ImportFaultKind.Empty => Say("Op het eerste blad staan geen kopjes met regels eronder.", "The first sheet has no headings with rows below them."),
        ImportFaultKind.TooManyRows => Say($"Er staan meer dan {SheetReader.MostRows} regels in. Deel de lijst op.", $"There are more than {SheetReader.MostRows} rows. Split the list."),
        ImportFaultKind.TooManyColumns => Say($"Er staan meer dan {SheetReader.MostColumns} kolommen in. Haal weg wat niet nodig is.", $"There are more than {SheetReader.MostColumns} columns. Take away what is not needed."),
        ImportFaultKind.ColumnMissing => Say("Deze kolom is nodig. Wijs aan welke het is.", "This column is needed. Point out which one it is."),
        ImportFaultKind.FieldTwice => Say("Twee kolommen zijn hiervoor aangewezen. Kies er één.", "Two columns are pointed out for this. Choose one."),
        ImportFaultKind.NumberMissing => Say("Het cliëntnummer ontbreekt.", "The client number is missing."),
        ImportFaultKind.NumberTooLong => Say("Het cliëntnummer is langer dan 60 tekens.", "The client number is longer than 60 characters."),
        ImportFaultKind.NumberTwice => Say("Dit cliëntnummer staat al eerder in de lijst.", "This client number is on the list before."),
        ImportFaultKind.NumberElsewhere => Say("Dit cliëntnummer hoort bij iemand op een plek of in een cliëntgroep die u niet beheert.", "This client number is of somebody at a place or in a client group that you do not manage."),
        ImportFaultKind.NameMissing => Say("De naam ontbreekt.", "The name is missing."),
        ImportFaultKind.NameTooLong => Say("De naam is langer dan 200 tekens.", "The name is longer than 200 characters."),
        ImportFaultKind.ShortNameTooLong => Say("De roepnaam is langer dan 60 tekens.", "The short name is longer than 60 characters."),
        ImportFaultKind.Unseen => Say("Hier staan tekens in die niet te zien zijn. Typ het opnieuw.", "There are characters in this that cannot be seen. Type it again."),
        ImportFaultKind.PlaceMissing => Say("De plek ontbreekt.", "The place is missing."),
        ImportFaultKind.PlaceUnknown => Say("Deze plek is er niet, of u beheert haar niet. Maak haar eerst, of schrijf de naam zoals hij hier heet.", "This place is not there, or you do not manage it. Make it first, or write its name as it is here."),
        ImportFaultKind.PlaceTwice => Say("Er zijn twee plekken met deze naam. Schrijf de plek erboven erbij, zoals: Regio Noord / De Linde.", "There are two places of this name. Write the place above it too, such as: Region North / De Linde."),
        ImportFaultKind.PlaceClosed => Say("Deze plek is gesloten.", "This place is closed."),
        ImportFaultKind.PlaceIsRegion => Say("Dit is een regio of organisatie. Noem de locatie of het team.", "This is a region or organisation. Name the location or team."),
        ImportFaultKind.GroupMissing => Say("De cliëntgroep ontbreekt.", "The client group is missing."),
        ImportFaultKind.GroupUnknown => Say("Deze cliëntgroep is er niet, of u beheert haar niet.", "This client group is not there, or you do not manage it."),
        ImportFaultKind.CommunicationMissing => Say("Hoe de cliënt communiceert ontbreekt.", "How the client communicates is missing."),
        ImportFaultKind.CommunicationUnknown => Say("Deze manier van communiceren is niet bekend. In het sjabloon staat welke er zijn.", "This way of communicating is not known. The template says which there are."),
        ImportFaultKind.YearUnreadable => Say("Het geboortejaar kan niet worden gelezen.", "The year of birth cannot be read."),
        ImportFaultKind.YearOutOfRange => Say("Dit geboortejaar kan niet: het ligt voor 1900 of in de toekomst.", "This year of birth cannot be: it lies before 1900 or in the future."),
        ImportFaultKind.FromUnreadable => Say("De dag waarop de zorg begon kan niet worden gelezen.", "The day on which support began cannot be read."),
        ImportFaultKind.UntilUnreadable => Say("De laatste dag in zorg kan niet worden gelezen.", "The last day in support cannot be read."),
        ImportFaultKind.UntilBeforeFrom => Say("De zorg eindigt voordat zij begint.", "Support ends before it begins."),
        ImportFaultKind.WorkerUnknown => Say("Deze begeleider is er niet. Voeg eerst de medewerker toe, of laat de cel leeg.", "This support worker is not there. Add the member of staff first, or leave the cell empty."),
        ImportFaultKind.WorkerTwice => Say("Twee medewerkers heten zo. Gebruik het e-mailadres.", "Two members of staff are called this. Use the e-mail address."),
        ImportFaultKind.WorkerElsewhere => Say("Deze begeleider werkt niet op de plek of met de groep van de cliënt.", "This support worker does not work at the client's place or with the client's group."),
        ImportFaultKind.RelationUnknown => Say("Deze relatie is niet bekend. In het sjabloon staat welke er zijn.", "This relation is not known. The template says which there are."),
        ImportFaultKind.RelationMissing => Say("Wie de vertegenwoordiger voor de cliënt is, ontbreekt.", "What the representative is to the client is missing."),
        ImportFaultKind.RepresentativeMissing => Say("Er staat een relatie, maar geen vertegenwoordiger.", "There is a relation, but no representative."),
        ImportFaultKind.EvaluationUnreadable => Say("De dag van de zorgplanevaluatie kan niet worden gelezen.", "The day of the care-plan evaluation cannot be read."),
        ImportFaultKind.EvaluationOutOfRange => Say("Deze dag van de zorgplanevaluatie kan niet: hij ligt voor het begin van de zorg, of meer dan drie jaar vooruit.", "This day of the care-plan evaluation cannot be: it lies before the start of support, or more than three years ahead."),
    };

    private static LocalText Say(string nl, string en) => new(nl, en);
}
