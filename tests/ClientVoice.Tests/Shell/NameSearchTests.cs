using ClientVoice.Shell.Lists;

namespace ClientVoice.Tests.Shell;

public sealed class NameSearchTests
{
    [TestCase("vries anna", true)]
    [TestCase("ANNA", true)]
    [TestCase("zoe", true)]
    [TestCase("  de  vri ", true)]
    [TestCase("devries anna", false)]
    [TestCase("anna jansen", false)]
    public void EveryWordThatWasTypedIsInTheNameWhateverTheOrderCapitalsAndAccents(string search, bool found) =>
        Assert.That(NameSearch.Matches("Anna Zo\u00eb de Vries", search), Is.EqualTo(found));
}
