using ClientVoice.Access;

namespace ClientVoice.Tests.Access;

public sealed class RightsTests
{
    [TestCase(Roles.SupportWorker, true)]
    [TestCase(Roles.Observer, true)]
    [TestCase(Roles.TeamLeader, true)]
    [TestCase(Roles.QualityOfficer, false)]
    [TestCase(Roles.Administrator, false)]
    [TestCase(Roles.PrivacyOfficer, false)]
    public void OnlyWhoWorksWithTheClientsReadsConversations(string role, bool may) => Assert.That(Roles.Has(role, Right.SeeConversations), Is.EqualTo(may));
}
