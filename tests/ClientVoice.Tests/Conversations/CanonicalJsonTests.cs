using System.Text.Json;
using ClientVoice.Conversations;

namespace ClientVoice.Tests.Conversations;

public sealed class CanonicalJsonTests
{
    [Test]
    public void OrderOfMembersAndWhiteSpaceMakeNoDifference() =>
        Assert.That(Hash("""{ "b": [1, {"y": null, "x": true}], "a": "é" }"""), Is.EqualTo(Hash("""{"a":"\u00e9","b":[1,{"x":true,"y":null}]}""")));

    [TestCase("""{"a":1}""", """{"a":2}""")]
    [TestCase("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [TestCase("""{"a":"1"}""", """{"a":1}""")]
    [TestCase("""{"a":null}""", """{}""")]
    public void AnotherValueIsOtherContent(string one, string other) => Assert.That(Hash(one), Is.Not.EqualTo(Hash(other)));

    private static string Hash(string json) => CanonicalJson.Sha256(JsonDocument.Parse(json).RootElement);
}
