// Asked to stop while tablets send (SIGTERM, as systemd and Docker do): what is under way gets its receipt, the rest a clean refusal.
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using ClientVoice.Conversations;

namespace ClientVoice.Tests.Faults;

[Category("Faults")]
public sealed class StopTests
{
    private const int UnderWay = 8;
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(10);

    [Test]
    public async Task AStopUnderLoadTakesLessThanTenSecondsAndWhatIsUnderWayGetsItsReceipt()
    {
        using var folder = await FaultFolder.MakeAsync();
        await using var service = await ServiceProcess.StartAsync(folder.Path);
        using var tablets = await Tablets.SignedInAsync(service.Address);
        using var stop = new CancellationTokenSource();
        var sending = tablets.SendAsync(16, stop.Token);
        await tablets.UntilAsync(100);

        // The service has let it in and asked for the body (100 Continue); half of it is there.
        var slow = Enumerable.Range(0, UnderWay).Select(_ => new SlowBody(Guid.CreateVersion7())).ToList();
        var answers = slow.Select(body => tablets.Http.SendAsync(new HttpRequestMessage(HttpMethod.Put, $"/api/conversations/{body.Id}") { Content = body, Headers = { ExpectContinue = true } })).ToList();
        await Task.WhenAll(slow.Select(body => body.IsHalfWay));

        var watch = Stopwatch.StartNew();
        service.AskToStop();
        await tablets.UntilRefusedAsync();
        slow.ForEach(body => body.GoOn());
        foreach (var answer in answers)
        {
            using var one = await answer;
            Assert.That(one.StatusCode, Is.EqualTo(HttpStatusCode.Created), "it was under way when the stop was asked");
            var receipt = (await one.Content.ReadFromJsonAsync<Receipt>())!;
            tablets.Receipts[receipt.Id] = receipt;
        }

        Assert.That(await service.EndedAsync(), Is.Zero);
        var took = watch.Elapsed;
        await sending;
        Assert.That(took, Is.LessThan(AtMost));
        Assert.That(tablets.Refusals.Keys, Is.SubsetOf((string[])["503", "none"]), "told to wait, or no answer at all: never half of one, never an error");
        var there = await Ledger.AssertKeptAsync(folder.File, tablets.Receipts.Values);
        Assert.That(await Ledger.EventsAsync(folder.File, "conversation.receive"), Is.EqualTo(there), "the trail was written to its end");
        await TestContext.Out.WriteLineAsync($"stopped within {took.TotalSeconds:N1} s, {tablets.Receipts.Count} receipts, {there} conversations there, refused: {string.Join(", ", tablets.Refusals.Select(r => $"{r.Key} {r.Value} times"))}");
    }

    private sealed class SlowBody : HttpContent
    {
        private readonly byte[] body;
        private readonly TaskCompletionSource half = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SlowBody(Guid id)
        {
            (Id, body) = (id, Encoding.UTF8.GetBytes(Tablets.Conversation(id).ToJsonString()));
            Headers.ContentType = new("application/json");
        }

        public Guid Id { get; }

        public Task IsHalfWay => half.Task;

        public void GoOn() => rest.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(body.AsMemory(0, body.Length / 2));
            await stream.FlushAsync();
            half.SetResult();
            await rest.Task;
            await stream.WriteAsync(body.AsMemory(body.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }
}
