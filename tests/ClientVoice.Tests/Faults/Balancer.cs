// A small balancer: connections go to the nodes in turn, and past a node that takes none. It knows nothing of what passes through it.
using System.Net;
using System.Net.Sockets;

namespace ClientVoice.Tests.Faults;

/// <summary>Listens on a port of its own and passes connections on.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly Task accepting;
    private readonly int[] nodes;
    private int turn;

    /// <param name="nodes">Addresses of the nodes.</param>
    public Balancer(params string[] nodes)
    {
        this.nodes = [.. nodes.Select(node => new Uri(node).Port)];
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await accepting;
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(ending.Token);
                _ = Task.Run(() => PassAsync(client));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The balancer ends.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var node = await ConnectAsync();
                var (outside, inside) = (client.GetStream(), node.GetStream());
                // Whichever side ends, both do.
                await Task.WhenAny(outside.CopyToAsync(inside, ending.Token), inside.CopyToAsync(outside, ending.Token));
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                // The client sees its connection end, as with any balancer.
            }
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var node = new TcpClient();
            try
            {
                await node.ConnectAsync(IPAddress.Loopback, nodes[(uint)Interlocked.Increment(ref turn) % nodes.Length], ending.Token);
                return node;
            }
            catch (SocketException) when (attempt < nodes.Length)
            {
                node.Dispose();
            }
        }
    }
}
