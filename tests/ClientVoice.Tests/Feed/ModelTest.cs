using System.Text.Json;
using System.Xml;
using ClientVoice.Feed.Model;
using ClientVoice.Outcomes;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;
using NUnit.Framework;

namespace ClientVoice.Tests.Feed;

internal sealed class ModelTest
{
    private FeedHouse house = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => house = await FeedHouse.StartAsync(Databases.Sqlite);

    [OneTimeTearDown]
    public async Task StopAsync() => await house.DisposeAsync();

    [Test]
    public async Task TheModelCanBeReadBackAndIsValid()
    {
        using var reader = XmlReader.Create(new StringReader(await house.TextAsync("$metadata")));
        var model = CsdlReader.Parse(reader);
        Assert.That(model.Validate(out var errors), Is.True, string.Join('\n', errors));
        Assert.That(model.EntityContainer.EntitySets().Select(s => s.Name), Is.EqualTo(PublishedModel.Sets.Select(s => s.Name)));
        foreach (var set in PublishedModel.Sets)
        {
            var type = model.EntityContainer.FindEntitySet(set.Name).EntityType();
            Assert.That(type.StructuralProperties().Select(p => p.Name), Is.EqualTo(set.Columns.Select(c => c.Name)), set.Name);
            Assert.That(type.NavigationProperties().Select(p => p.Name), Is.EquivalentTo(set.References.Select(r => r.Name).Concat(Related.Of(set).Select(r => r.Name))), set.Name);
            Assert.That(type.Key().Select(k => k.Name), Is.EqualTo(new[] { "Id" }), set.Name);
        }
    }

    [Test]
    public async Task EveryTableAndColumnHasALabelAndAMeaningInDutchAndEnglish()
    {
        var xml = new XmlDocument();
        xml.LoadXml(await house.TextAsync("$metadata"));
        foreach (var thing in xml.GetElementsByTagName("Property").Cast<XmlElement>().Concat(xml.GetElementsByTagName("EntitySet").Cast<XmlElement>()))
        {
            var said = thing.ChildNodes.OfType<XmlElement>().Where(a => a.GetAttribute("Term") is "Org.OData.Core.V1.Description" or "Org.OData.Core.V1.LongDescription")
                .Select(a => (a.GetAttribute("Term").Split('.')[^1], a.GetAttribute("Qualifier"), a.GetAttribute("String").Length > 1)).ToList();
            Assert.That(said, Is.EqualTo(new[] { ("Description", "", true), ("Description", "en", true), ("LongDescription", "", true), ("LongDescription", "en", true) }), thing.GetAttribute("Name"));
        }
    }

    [TestCase("$metadata?$format=json", "")]
    [TestCase("$metadata?$format=application/json", "application/xml")]
    [TestCase("$metadata", "application/json")]
    public async Task TheModelIsGivenAsJsonToo(string path, string accept)
    {
        var text = await house.TextAsync(path, $"Accept: {accept}");
        Assert.That(JsonDocument.Parse(text).RootElement.GetProperty("$EntityContainer").GetString(), Is.EqualTo("ClientVoice.Feed"));
    }

    [TestCase("$metadata", "*/*")]
    [TestCase("$metadata", "application/xml, application/json;q=0.5")]
    [TestCase("$metadata", "application/json;odata.metadata=minimal;q=1.0,application/atomsvc+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7")]
    [TestCase("$metadata?$format=xml", "application/json")]
    public async Task TheModelIsXmlWhereNothingElseIsAskedFor(string path, string accept) =>
        Assert.That(await house.TextAsync(path, $"Accept: {accept}"), Does.StartWith("<?xml version=\"1.0\" encoding=\"utf-8\"?><edmx:Edmx Version=\"4.0\""));
}
