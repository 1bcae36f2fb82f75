// Who may do what, in one table. An endpoint or page names a right; nothing else decides.
namespace ClientVoice.Access;

/// <summary>What a person can be allowed to do.</summary>
internal enum Right
{
    /// <summary>Hold conversations on the tablet, for clients in scope.</summary>
    HoldConversations,

    /// <summary>Read conversations back, of clients in scope: who works with them, nobody else.</summary>
    SeeConversations,

    /// <summary>Correct a conversation that was kept, of clients in scope; the version before stays beside it.</summary>
    CorrectConversations,

    /// <summary>Erase a conversation, in scope, without reading it.</summary>
    EraseConversations,

    /// <summary>See the catalogue of instruments.</summary>
    SeeCatalogue,

    /// <summary>See outcomes, after hiding.</summary>
    SeeOutcomes,

    /// <summary>Read own words of people who allowed it, names taken out, and release them to stand beside the figures.</summary>
    ReleaseQuotes,

    /// <summary>Choose instruments for client groups.</summary>
    ChooseInstruments,

    /// <summary>See jobs and start them.</summary>
    RunJobs,

    /// <summary>See how BI tools are connected; reading the feed itself takes a key.</summary>
    SeeFeed,

    /// <summary>Make and revoke keys of the feed, and see what they read.</summary>
    ManageFeedKeys,

    /// <summary>See the list of clients in scope: names, place, group.</summary>
    SeeClients,

    /// <summary>Add, change, move and import clients in scope.</summary>
    ManageClients,

    /// <summary>Add, rename and close places in scope, and keep the client groups.</summary>
    ManagePlaces,

    /// <summary>Add staff in scope, give them a role and places, let them set a password, shut them out.</summary>
    ManagePeople,

    /// <summary>Deliver, without reading it, what somebody who left had not sent yet from a tablet.</summary>
    HandOverWork,

    /// <summary>Read about a client elsewhere for a few hours, with a reason, in an emergency.</summary>
    ReadInEmergency,

    /// <summary>Pair tablets at places in scope, and put them out of use.</summary>
    ManageTablets,

    /// <summary>Give a client in scope everything that is kept about them, and keep what they take back.</summary>
    ServeRights,

    /// <summary>Say how long each kind of data is kept, for the whole organisation.</summary>
    SetRetention,

    /// <summary>Read and search the audit trail.</summary>
    ReadTrail,

    /// <summary>Read frozen quality reports of places in scope.</summary>
    SeeReports,

    /// <summary>Write quality reports of places in scope, freeze and share them.</summary>
    WriteReports,

    /// <summary>See who is due in scope, and plan it: who asks, and when. It shows who refused, so not everyone who sees clients sees it.</summary>
    PlanConversations,
}

/// <summary>The roles, as kept in the database.</summary>
internal static class Roles
{
    public const string SupportWorker = "support-worker";
    public const string Observer = "observer";
    public const string TeamLeader = "team-leader";
    public const string QualityOfficer = "quality-officer";
    public const string Administrator = "administrator";
    public const string PrivacyOfficer = "privacy-officer";

    private static readonly Dictionary<string, Right[]> Table = new()
    {
        [SupportWorker] = [Right.HoldConversations, Right.SeeConversations, Right.ReadInEmergency, Right.SeeCatalogue, Right.SeeClients],
        [Observer] = [Right.HoldConversations, Right.SeeConversations, Right.SeeCatalogue, Right.SeeClients],
        [TeamLeader] =
        [
            Right.HoldConversations, Right.SeeConversations, Right.ReadInEmergency, Right.CorrectConversations, Right.SeeCatalogue, Right.SeeOutcomes,
            Right.SeeClients, Right.ManageClients, Right.PlanConversations, Right.SeeReports,
        ],
        [QualityOfficer] =
        [
            Right.SeeCatalogue, Right.SeeOutcomes, Right.ReleaseQuotes, Right.ChooseInstruments, Right.RunJobs, Right.SeeFeed, Right.ManageFeedKeys,
            Right.SeeClients, Right.ManageClients, Right.ManagePlaces, Right.PlanConversations,
            Right.SeeReports, Right.WriteReports,
        ],
        // Sets the organisation up, the first choice of an instrument included, and sees no answers and no outcomes.
        [Administrator] =
        [
            Right.SeeCatalogue, Right.ChooseInstruments, Right.RunJobs, Right.SeeFeed, Right.ManageFeedKeys,
            Right.SeeClients, Right.ManageClients, Right.ManagePlaces, Right.ManagePeople, Right.HandOverWork, Right.ManageTablets,
        ],
        [PrivacyOfficer] = [Right.SeeCatalogue, Right.EraseConversations, Right.ReadTrail, Right.ServeRights, Right.SetRetention],
    };

    public static IReadOnlyCollection<string> All => Table.Keys;

    /// <summary>Whether <paramref name="role"/> has <paramref name="right"/>; an unknown role has none.</summary>
    public static bool Has(string? role, Right right) =>
        role is not null && Table.TryGetValue(role, out var rights) && rights.Contains(right);
}
