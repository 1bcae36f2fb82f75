// Connections that break half-way, and too many of them.
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClientVoice.Tests.Faults;

[Category("Faults")]
public sealed class ConnectionTests
{
    private const int TornUploads = 50;

    [Test]
    public async Task AnUploadThatIsCutOffStoresNothingAndTheNextTryWorks()
    {
        using var folder = await FaultFolder.MakeAsync();
        await using var service = await ServiceProcess.StartAsync(folder.Path);
        var cookies = new CookieContainer();
        using var tablet = await Tablets.SignedInAsync(service.Address, cookies);
        var torn = Enumerable.Range(0, TornUploads).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var (number, id) in torn.Index())
        {
            var body = Encoding.UTF8.GetBytes(Tablets.Conversation(id).ToJsonString());
            // From no byte of the body to all but one; closed as an app does that is ended, or broken off as a network does.
            await TearAsync(service.Address, cookies, id, body, body.Length * number / TornUploads + (number == TornUploads - 1 ? body.Length / TornUploads - 1 : 0), breakOff: number % 2 == 0);
        }

        Assert.That((await tablet.Http.GetAsync("/api/session")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        foreach (var id in torn)
        {
            Assert.That(await tablet.SendOnceAsync(id), Is.EqualTo(HttpStatusCode.Created), "201: nothing of it was there");
        }

        await service.KillAsync();
        Assert.That(await Ledger.AssertKeptAsync(folder.File, tablet.Receipts.Values), Is.EqualTo(TornUploads));
    }

    [Test]
    public async Task MoreConnectionsThanFileHandlesAreTurnedAwayAndNothingIsLost()
    {
        const int handles = 800, connections = 1_000;
        using var folder = await FaultFolder.MakeAsync();
        await using var service = await ServiceProcess.StartAsync(folder.Path, shell: $"ulimit -n {handles}");
        using var tablets = await Tablets.SignedInAsync(service.Address);
        using var stop = new CancellationTokenSource();
        var sending = tablets.SendAsync(4, stop.Token, goesOn: true);
        await tablets.UntilAsync(20);

        var idle = new List<TcpClient>();
        try
        {
            while (idle.Count < connections)
            {
                var connection = new TcpClient();
                idle.Add(connection);
                await connection.ConnectAsync(IPAddress.Loopback, new Uri(service.Address).Port);
            }

            await tablets.UntilAsync(tablets.Receipts.Count + 20);
            Assert.That(tablets.Refusals, Is.Empty, "tablets that are connected notice nothing");
            Assert.That(service.Handles, Is.LessThan(handles), "the program kept handles for itself");
        }
        finally
        {
            idle.ForEach(connection => connection.Dispose());
        }

        await tablets.UntilAsync(tablets.Receipts.Count + 20);
        await stop.CancelAsync();
        await sending;
        using var another = await InAgainAsync(service.Address);
        Assert.That(await another.SendOnceAsync(Guid.CreateVersion7()), Is.EqualTo(HttpStatusCode.Created), "somebody new comes in again");
        await service.KillAsync();
        await Ledger.AssertKeptAsync(folder.File, [.. tablets.Receipts.Values, .. another.Receipts.Values]);
    }

    // Until the service has noticed that the idle ones are gone, it turns new ones away.
    private static async Task<Tablets> InAgainAsync(string address)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Tablets.SignedInAsync(address);
            }
            catch (HttpRequestException) when (attempt < 100)
            {
                await Task.Delay(50);
            }
        }
    }

    private static async Task TearAsync(string address, CookieContainer cookies, Guid id, byte[] body, int sent, bool breakOff)
    {
        var at = new Uri(address);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, at.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"PUT /api/conversations/{id} HTTP/1.1\r\nHost: {at.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nX-ClientVoice: 1\r\nCookie: {cookies.GetCookieHeader(at)}\r\n\r\n"));
        await socket.SendAsync(body.AsMemory(0, sent));
        if (breakOff)
        {
            // Sent as a reset.
            socket.LingerState = new LingerOption(true, 0);
        }
    }
}
