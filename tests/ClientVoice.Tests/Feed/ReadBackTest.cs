using ClientVoice.Feed.Model;
using Microsoft.OData;
using Microsoft.OData.Edm;
using NUnit.Framework;

namespace ClientVoice.Tests.Feed;

/// <summary>ODataLib reads back what the feed writes by itself: every type, null, row in a row and list, in each form.</summary>
internal sealed class ReadBackTest
{
    private FeedHouse house = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => house = await FeedHouse.StartAsync(Databases.Sqlite);

    [OneTimeTearDown]
    public async Task StopAsync() => await house.DisposeAsync();

    [TestCase("minimal", "4.0", "false")]
    [TestCase("full", "4.0", "false")]
    [TestCase("minimal", "4.01", "false")]
    [TestCase("full", "4.01", "false")]
    [TestCase("minimal", "4.0", "true")]
    public async Task TheLibraryReadsWhatTheFeedWrites(string metadata, string version, string wide)
    {
        var read = await ReadAsync(
            "Places", $"Places?$filter=Kind ne 'location'&$count=true&$expand=Parent,Outcomes($filter=Id ge 3;$count=true;$top=2)&$format=application/json;odata.metadata={metadata};IEEE754Compatible={wide}", version);
        string[] expected =
        [
            "set count=3",
            $"Place Id={FeedStore.Organisation}:Guid ParentId= Kind=organisation:String Name=Zorg:String", "Parent null", "set count=0",
            $"Place Id={FeedStore.North}:Guid ParentId={FeedStore.Organisation}:Guid Kind=region:String Name=Noord:String",
            $"Place Id={FeedStore.Organisation}:Guid ParentId= Kind=organisation:String Name=Zorg:String", "set count=2", Cell(3, FeedStore.North, "home", 10, 55), Hidden(4, FeedStore.North, "day"),
            $"Place Id={FeedStore.South}:Guid ParentId={FeedStore.Organisation}:Guid Kind=region:String Name=Zuid:String",
            $"Place Id={FeedStore.Organisation}:Guid ParentId= Kind=organisation:String Name=Zorg:String", "set count=2", Cell(5, FeedStore.South, "home", 12, 65), Cell(6, FeedStore.South, "day", 10, 70),
        ];
        Assert.That(read, Is.EquivalentTo(expected));
    }

    private static string Cell(int id, Guid place, string measure, int people, double mean) =>
        $"Outcome {Keys(id, place, measure)} Respondents={people}:Int32 ScoreSum={people * mean}:Double Mean={mean}:Double StandardDeviation=12.5:Double IntervalLow=30:Double IntervalHigh=99.5:Double Suppressed=False:Boolean SuppressionReason=";

    private static string Hidden(int id, Guid place, string measure) =>
        $"Outcome {Keys(id, place, measure)} Respondents= ScoreSum= Mean= StandardDeviation= IntervalLow= IntervalHigh= Suppressed=True:Boolean SuppressionReason=small-group:String";

    private static string Keys(int id, Guid place, string measure) =>
        $"Id={id}:Int32 PeriodId=2025:String PlaceId={place}:Guid ClientGroupId={FeedStore.Group}:Guid InstrumentId=plain@1.0:String Perspective=client:String MeasureId=plain@1.0/{measure}:String";

    private async Task<List<string>> ReadAsync(string set, string path, string version)
    {
        using var answer = await house.AskAsync(path, $"OData-MaxVersion: {version}");
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
        using var message = new Message(answer, await answer.Content.ReadAsStreamAsync());
        var settings = new ODataMessageReaderSettings(version == "4.0" ? ODataVersion.V4 : ODataVersion.V401) { MaxProtocolVersion = ODataVersion.V401, BaseUri = new Uri(house.Root + "/odata/") };
        using var reader = new ODataMessageReader((IODataResponseMessage)message, settings, FeedModel.Edm);
        var entitySet = FeedModel.Edm.EntityContainer.FindEntitySet(set);
        var rows = reader.CreateODataResourceSetReader(entitySet, entitySet.EntityType());
        var said = new List<string>();
        while (rows.Read())
        {
            switch (rows.State)
            {
                case ODataReaderState.ResourceSetEnd:
                    said.Add($"set count={((ODataResourceSet)rows.Item).Count}");
                    break;
                case ODataReaderState.ResourceEnd:
                    said.Add(rows.Item is ODataResource row ? Said(row) : "Parent null");
                    break;
                default:
                    break;
            }
        }

        return said;
    }

    private static string Said(ODataResource row) =>
        row.TypeName.Split('.')[1] + string.Concat(row.Properties.OfType<ODataProperty>().Select(p => $" {p.Name}={(p.Value is null ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{p.Value}:{p.Value.GetType().Name}"))}"));

    private sealed class Message(HttpResponseMessage answer, Stream body) : IODataResponseMessage, IDisposable
    {
        public IEnumerable<KeyValuePair<string, string>> Headers =>
            answer.Headers.Concat(answer.Content.Headers).Select(h => KeyValuePair.Create(h.Key, string.Join(',', h.Value)));

        public int StatusCode
        {
            get => (int)answer.StatusCode;
            set => throw new NotSupportedException();
        }

        public string? GetHeader(string headerName) => Headers.FirstOrDefault(h => h.Key.Equals(headerName, StringComparison.OrdinalIgnoreCase)).Value;

        public void SetHeader(string headerName, string headerValue) => throw new NotSupportedException();

        public Stream GetStream() => body;

        public void Dispose() => body.Dispose();
    }
}
