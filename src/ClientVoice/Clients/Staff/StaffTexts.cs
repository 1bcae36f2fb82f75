using ClientVoice.Access;
using ClientVoice.Shell;

namespace ClientVoice.Clients.Staff;

/// <summary>Roles with what they are for: whoever gives one should not have to guess.</summary>
internal static class StaffTexts
{
    public static string Role(string role, Language l) => role switch
    {
        Roles.SupportWorker => l["Begeleider: voert gesprekken en leest ze terug", "Support worker: holds conversations and reads them back"],
        Roles.Observer => l["Observator: kijkt mee bij cliënten die niet praten", "Observer: observes clients who do not speak"],
        Roles.TeamLeader => l["Teamleider: gesprekken, cliënten en uitkomsten van de eigen plekken", "Team leader: conversations, clients and outcomes of the own places"],
        Roles.QualityOfficer => l["Kwaliteitsfunctionaris: kiest instrumenten, ziet uitkomsten, geen gesprekken", "Quality officer: chooses instruments, sees outcomes, no conversations"],
        Roles.Administrator => l["Beheerder: plekken, medewerkers en cliënten, geen gesprekken en geen uitkomsten", "Administrator: places, staff and clients, no conversations and no outcomes"],
        Roles.PrivacyOfficer => l["Functionaris gegevensbescherming: kijkt toe", "Privacy officer: oversees"],
        _ => role,
    };
}
