using System.Diagnostics;
using System.Net;

namespace ClientVoice.Benchmarks.Soak;

/// <summary>Sends requests and takes note of what came.</summary>
internal sealed class SoakCaller(SoakFigures figures)
{
    /// <summary>From here on a refusal or no answer at all is what is to be expected: the service was asked to stop.</summary>
    public bool Stopping { get; set; }

    public SoakFigures Figures => figures;

    /// <summary>Sends a request, reads the whole answer and notes how long that took.</summary>
    /// <param name="what">Under which name it is counted.</param>
    /// <param name="expected">The statuses that are in order.</param>
    /// <returns>The status and the body; null where that was not in order, or where the caller did not wait.</returns>
    public Task<(HttpStatusCode Status, byte[] Body)?> AskAsync(string what, HttpClient client, Func<HttpRequestMessage> request, CancellationToken impatient, params HttpStatusCode[] expected) =>
        AskAsync(what, client, request, null, impatient, expected);

    private async Task<(HttpStatusCode Status, byte[] Body)?> AskAsync(string what, HttpClient client, Func<HttpRequestMessage> request, string? one, CancellationToken impatient, params HttpStatusCode[] expected)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var asked = request();
            using var answer = await client.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead, impatient);
            var body = await answer.Content.ReadAsByteArrayAsync(impatient);
            if (expected.Contains(answer.StatusCode))
            {
                figures.Took(what, watch.Elapsed.TotalMilliseconds, one);
                return (answer.StatusCode, body);
            }

            Wrong(what, $"{(int)answer.StatusCode}");
        }
        catch (OperationCanceledException) when (impatient.IsCancellationRequested)
        {
            // The caller did not wait for it.
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            Wrong(what, error is OperationCanceledException ? "timeout" : "none");
        }

        return null;
    }

    /// <summary>A page or a file.</summary>
    public async Task<byte[]?> GetAsync(string what, HttpClient client, string address, string? one = null) =>
        (await AskAsync(what, client, () => new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.RelativeOrAbsolute)), one, default, HttpStatusCode.OK))?.Body;

    /// <summary>Something that is not in order.</summary>
    public void Wrong(string what, string came)
    {
        if (!Stopping)
        {
            figures.Error(what, came);
        }
    }
}
