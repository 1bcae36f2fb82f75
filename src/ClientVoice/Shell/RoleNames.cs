using ClientVoice.Access;

namespace ClientVoice.Shell;

/// <summary>The roles as people call them.</summary>
internal static class RoleNames
{
    public static string Of(string role, Language l) => role switch
    {
        Roles.SupportWorker => l["begeleider", "support worker"],
        Roles.Observer => l["observator", "observer"],
        Roles.TeamLeader => l["teamleider", "team leader"],
        Roles.QualityOfficer => l["kwaliteitsfunctionaris", "quality officer"],
        Roles.Administrator => l["beheerder", "administrator"],
        Roles.PrivacyOfficer => l["functionaris gegevensbescherming", "privacy officer"],
        _ => role,
    };
}
