using ClientVoice.Shell;

namespace ClientVoice.Access;

/// <summary>Events of the trail in words.</summary>
internal static class AuditTexts
{
    private static readonly Dictionary<string, LocalText> Actions = new()
    {
        ["conversation.read"] = new("las een gesprek", "read a conversation"),
        ["conversation.list"] = new("zag een gesprek in de lijst", "saw a conversation in the list"),
        ["conversation.receive"] = new("stuurde een gesprek in", "sent a conversation in"),
        ["anonymous.permit"] = new("liet een cliënt meedoen zonder naam", "had a client take part without a name"),
        ["conversation.correct"] = new("verbeterde een gesprek", "corrected a conversation"),
        ["quote.read"] = new("las eigen woorden om vrij te geven", "read own words to release them"),
        ["quote.release"] = new("gaf eigen woorden vrij", "released own words"),
        ["quote.leave-out"] = new("liet eigen woorden weg", "left own words out"),
        ["quote.take-back"] = new("nam een besluit over eigen woorden terug", "took a decision about own words back"),
        ["conversation.hand-over"] = new("droeg werk van een collega over", "handed over a colleague's work"),
        ["conversation.erase"] = new("wiste een gesprek", "erased a conversation"),
        ["conversation.find"] = new("zocht een gesprek op om te wissen", "looked a conversation up to erase it"),
        ["reflection.read"] = new("las een teamgesprek", "read a team reflection"),
        ["reflection.list"] = new("haalde punten van teamgesprekken op", "fetched points of team reflections"),
        ["side-by-side.read"] = new("legde antwoorden naast elkaar", "laid answers side by side"),
        ["agreement.read"] = new("las een afspraak", "read an agreement"),
        ["agreement.export"] = new("haalde afspraken op als bestand", "downloaded agreements"), ["place.export"] = new("haalde de plekken op als bestand", "downloaded the places"),
        ["group.export"] = new("haalde de cliëntgroepen op als bestand", "downloaded the client groups"),
        ["agreement.list"] = new("zag afspraken in een lijst", "saw agreements in a list"),
        ["agreement.done"] = new("rondde een afspraak af", "ended an agreement"),
        ["agreement.not-done"] = new("schreef dat een afspraak niet is gedaan", "wrote that an agreement was not done"),
        ["agreement.told"] = new("vertelde de cliënt van een afspraak", "told the client about an agreement"),
        ["agreement.hand-over"] = new("droeg een afspraak over", "handed an agreement over"),
        ["agreement.reopen"] = new("opende een afspraak weer", "opened an agreement again"),
        ["emergency.begin"] = new("begon noodtoegang", "began access in an emergency"),
        ["emergency.end"] = new("beëindigde noodtoegang", "ended access in an emergency"),
        ["emergency.refused"] = new("vroeg noodtoegang tot iemand die niet is gevonden", "asked for access in an emergency to somebody who was not found"),
        ["work.read"] = new("haalde de werklijst op", "fetched the work list"),
        ["client.read"] = new("zag de gegevens van een cliënt", "saw a client’s details"),
        ["client.erased-again"] = new("haalde een gewiste cliënt weg die met een kopie terugkwam", "took away an erased client who came back with a copy"),
        ["client.list"] = new("zag de lijst van cliënten", "saw the list of clients"),
        ["client.export"] = new("haalde cliënten op als Excel", "fetched clients as Excel"),
        ["client.add"] = new("voegde een cliënt toe", "added a client"),
        ["client.change"] = new("wijzigde gegevens van een cliënt", "changed a client’s details"),
        ["client.move"] = new("verhuisde een cliënt", "moved a client"),
        ["client.move-ahead"] = new("voerde een verhuizing vooruit in", "entered a move ahead of its day"),
        ["client.move-withdrawn"] = new("trok een verhuizing in", "withdrew a move"),
        ["client.evaluation"] = new("noteerde een dag van zorgplanevaluatie", "noted a day of care-plan evaluation"),
        ["client.evaluation-away"] = new("haalde een dag van zorgplanevaluatie weg", "took a day of care-plan evaluation away"),
        ["client.leave"] = new("zette het einde van de zorg", "set the end of support"),
        ["client.import"] = new("las een lijst van cliënten in", "read in a list of clients"),
        ["feed.read"] = new("las de koppeling", "read the feed"),
        ["feed.refused"] = new("kwam met een sleutel die niet past", "came with a key that does not fit"),
        ["key.create"] = new("maakte een sleutel", "made a key"),
        ["key.revoke"] = new("trok een sleutel in", "revoked a key"),
        ["key.renewal-begin"] = new("begon de zoeksleutel te vernieuwen", "began to renew the look-up key"),
        ["key.renewal-end"] = new("vernietigde de oude zoeksleutel", "destroyed the old look-up key"),
        ["person.unlink"] = new("maakte een ongebruikte koppeling met de aanbieder los", "unlinked an account of the provider that was not used"),
        ["person.invite"] = new("maakte een link voor een collega", "made a link for a colleague"),
        ["person.password"] = new("zette een wachtwoord", "set a password"),
        ["person.add"] = new("voegde een collega toe", "added a colleague"),
        ["person.change"] = new("wijzigde een collega", "changed a colleague"),
        ["person.disable"] = new("trok de toegang van een collega in", "withdrew a colleague’s access"),
        ["person.enable"] = new("gaf een collega weer toegang", "gave a colleague access again"),
        ["person.second-step-on"] = new("zette de tweede stap aan", "turned the second step on"),
        ["person.second-step-off"] = new("zette de tweede stap uit", "turned the second step off"),
        ["person.recovery-codes"] = new("maakte nieuwe herstelcodes", "made new recovery codes"),
        ["organisation.found"] = new("richtte de organisatie in", "set the organisation up"),
        ["session.begin"] = new("logde in", "signed in"),
        ["session.end"] = new("logde uit", "signed out"),
        ["session.end-all"] = new("logde overal uit", "signed out everywhere"),
        ["session.refused"] = new("probeerde in te loggen", "tried to sign in"),
        ["device.add"] = new("voegde een tablet toe", "added a tablet"),
        ["device.pair"] = new("koppelde een tablet", "paired a tablet"),
        ["device.revoke"] = new("zette een tablet buiten gebruik", "put a tablet out of use"),
        ["staff.list"] = new("zag de lijst van medewerkers", "saw the list of staff"),
        ["staff.export"] = new("haalde medewerkers op als Excel", "fetched staff as Excel"),
        ["due.export"] = new("haalde op wie aan de beurt is, als Excel", "fetched who is due, as Excel"),
        ["choice.make"] = new("koos een instrument", "chose an instrument"),
        ["choice.undo"] = new("nam een keuze terug", "took a choice back"),
        ["place.move"] = new("zette een plek onder een andere", "put a place under another one"),
        ["place.add"] = new("voegde een plek toe", "added a place"),
        ["group.add"] = new("voegde een cliëntgroep toe", "added a client group"),
        ["group.change"] = new("wijzigde een cliëntgroep", "changed a client group"),
        ["desk.undo"] = new("maakte iets ongedaan", "undid something"),
        ["rights.overview"] = new("maakte een overzicht van alles", "made an overview of everything"),
        ["rights.data"] = new("haalde alles op als gegevens", "fetched everything as data"),
        ["consent.withdraw"] = new("nam toestemming terug", "took consent back"),
        ["consent.again"] = new("gaf weer toestemming", "gave consent again"),
        ["retention.rule"] = new("stelde een bewaartermijn in", "set how long something is kept"),
        ["retention.run"] = new("haalde weg wat te lang bewaard was", "took away what was kept too long"),
        ["trail.read"] = new("keek in dit logboek", "looked into this trail"),
        ["trail.check"] = new("controleerde dit logboek", "checked this trail"),
    };

    private static readonly Dictionary<string, LocalText> Rooms = new()
    {
        ["conversation"] = new("gesprekken", "conversations"), ["agreement"] = new("afspraken", "agreements"), ["reflection"] = new("teamgesprekken", "team reflections"),
        ["side-by-side"] = new("naast elkaar leggen", "side by side"), ["client"] = new("cliënten", "clients"), ["emergency"] = new("noodtoegang", "access in an emergency"),
        ["work"] = new("werklijst op de tablet", "work list on the tablet"), ["due"] = new("aan de beurt", "who is due"), ["feed"] = new("koppeling", "feed"), ["key"] = new("sleutels", "keys"),
        ["person"] = new("medewerkers", "members of staff"), ["session"] = new("in- en uitloggen", "signing in and out"), ["staff"] = new("lijst van medewerkers", "list of staff"),
        ["place"] = new("plekken", "places"), ["group"] = new("cliëntgroepen", "client groups"), ["choice"] = new("keuzes", "choices"), ["desk"] = new("ongedaan maken", "undoing"),
        ["device"] = new("tablets", "tablets"), ["rights"] = new("rechten van de cliënt", "rights of the client"), ["retention"] = new("bewaartermijnen", "retention"),
        ["consent"] = new("toestemming", "consent"), ["trail"] = new("dit logboek", "this trail"),
    };

    /// <summary>What was done, in words; its code where there are none.</summary>
    public static string Action(string action, Language l) => Actions.TryGetValue(action, out var text) ? l[text] : action;

    /// <summary>Of which kind it is.</summary>
    public static string Room(string room, Language l) => Rooms.TryGetValue(room, out var text) ? l[text] : room;

    /// <summary>What became of it; empty where it was done.</summary>
    public static string Result(string result, Language l) => result switch
    {
        "done" or "200" => "",
        "asked-by-client" => l["de cliënt vroeg het", "the client asked"],
        "asked-for-client" => l["de vertegenwoordiger vroeg het", "the representative asked"],
        "sent-by-mistake" => l["per ongeluk verstuurd", "sent by mistake"],
        "about-somebody-else" => l["gaat over iemand anders", "about somebody else"],
        "refused" => l["niet toegestaan", "refused"],
        _ => result,
    };
}
