using ClientVoice.Conversations.Quotes;
using FsCheck;
using FsCheck.Fluent;

namespace ClientVoice.Tests.Conversations;

/// <summary>Names that the organisation knows come out of somebody's words before anybody reads them to release them.</summary>
public sealed class NameMaskTests
{
    private static readonly string[] People = ["Sanne de Vries", "Karim El Haddad", "Wil van den Boom", "André Jansen-Smits", "Jo Bakker", "Noor van Dam"];
    private static readonly string[] Places = ["De Linde", "Het Oude Raadhuis", "Noord", "Huis"];
    private static readonly NameMask Mask = new(People, Places);

    [TestCase("Sanne is lief", "[naam] is lief")]
    [TestCase("sanne en KARIM komen", "[naam] en [naam] komen", Description = "whatever the case")]
    [TestCase("Sannes fiets en Sanne's jas", "[naam] fiets en [naam] jas")]
    [TestCase("Sannetje, kom!", "[naam], kom!")]
    [TestCase("Dat zei Andre", "Dat zei [naam]", Description = "with or without accents")]
    [TestCase("mevrouw De Vries-Jansen", "mevrouw De [naam]-[naam]")]
    [TestCase("Ik wil naar buiten", "Ik wil naar buiten", Description = "an everyday word that is a name too")]
    [TestCase("Samen met Wil", "Samen met [naam]")]
    [TestCase("een boom in de tuin", "een boom in de tuin")]
    [TestCase("jo, dat is goed. Jo ook", "jo, dat is goed. [naam] ook", Description = "two letters count with a capital only")]
    [TestCase("van de dam af", "van de dam af")]
    [TestCase("In De Linde is het druk", "In De Linde is het druk", Description = "an everyday word alone is no place that anybody knows again")]
    [TestCase("bij het oude raadhuis, in Noord", "bij het [plaats], in [plaats]")]
    [TestCase("mijn huis", "mijn huis")]
    [TestCase("", "")]
    [TestCase("😀 Sanne", "😀 [naam]")]
    public void NamesComeOutAndTheRestStays(string said, string left) => Assert.That(Mask.Of(said), Is.EqualTo(left));

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property NoPartOfANameIsLeftWhateverStandsAroundIt()
    {
        var parts = Gen.Elements("Sanne", "vries", "KARIM", "Haddad", "andré", "Jansen", "Smits", "Noord", "Bakker", "Karims", "Sannetje");
        var around = Gen.Elements("ik", "wil", "niet", "bij", "!", ",", "(", "’s", "…", "\n", "10", "é");
        var texts = Gen.Select(Gen.OneOf(parts, around).ListOf(), words => string.Join(' ', words));
        return Prop.ForAll(texts.ToArbitrary(), text => !Mask.Of(text).Split([' ', '\n', ',', '!', '(', '…']).Any(word =>
            (string[])["sanne", "vries", "karim", "haddad", "andré", "jansen", "smits", "noord"] is var all && all.Any(name => word.ToLowerInvariant().StartsWith(name, StringComparison.Ordinal))));
    }

    [TestCase("Het is hier te druk, zegt ze", "Het is hier te druk, zegt ze", true)]
    [TestCase("Het is hier te druk, zegt ze", "Het is hier te druk", true)]
    [TestCase("Het is hier te druk, zegt ze", "Het is […] druk", true)]
    [TestCase("Het is hier te druk, zegt ze", "[...] te druk", true)]
    [TestCase("Het is hier\n te druk", "Het is hier te druk", true, Description = "a form sends lines otherwise")]
    [TestCase("Het is hier te druk", "Het is hier niet te druk", false)]
    [TestCase("Het is hier te druk", "druk […] Het is", false, Description = "in another order it is something else")]
    [TestCase("Het is hier te druk", "[…]", false, Description = "nothing is no quote")]
    [TestCase("Het is hier te druk", " ", false)]
    public void AQuoteIsWhatWasSaidOrLess(string said, string shown, bool holds) => Assert.That(Cut.IsOf(said, shown), Is.EqualTo(holds));
}
