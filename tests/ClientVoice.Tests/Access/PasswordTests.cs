using ClientVoice.Access;
using ClientVoice.Shell;

namespace ClientVoice.Tests.Access;

/// <summary>A password is long and not one that everybody thinks of; which characters are in it does not matter.</summary>
public sealed class PasswordTests
{
    [TestCase("kort wachtw")]
    [TestCase("password1234")]
    [TestCase("P@ssw0rd1234")]
    [TestCase("qwertyuiop123")]
    [TestCase("wachtwoord123")]
    [TestCase("welkom2026!!")]
    [TestCase("aaaaaaaaaaaa")]
    [TestCase("123456789012345")]
    [TestCase("iloveyou1234")]
    [TestCase("wil@huis.example")]
    public void WhatIsTriedFirstIsRefused(string password) => Assert.That(Passwords.Fault(password, "wil@huis.example", Language.InDutch), Is.Not.Null);

    [TestCase("een lange zin om in te loggen")]
    [TestCase("paarse fiets onder water")]
    [TestCase("drie eenden eten taart")]
    [TestCase("日本語のとても長い合言葉です")]
    public void ALongSentenceOfSmallLettersIsGood(string password) => Assert.That(Passwords.Fault(password, "wil@huis.example", Language.InDutch), Is.Null);
}
