using ClientVoice.Feed.Model;
using ClientVoice.Feed.Request;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace ClientVoice.Feed.Answer;

/// <summary>An answer in the making: ODataLib writes it, headers and body.</summary>
internal sealed class ODataAnswer : IODataResponseMessage, IContainerProvider, IAsyncDisposable
{
    private readonly HttpResponse response;
    // ODataLib keeps what it knows of a message in its container: each answer has one of its own.
    private readonly IServiceScope services = WriterServices.Provider.CreateScope();

    /// <param name="mediaType">From <see cref="FeedFormat"/>.</param>
    /// <param name="parser">Of the request, for the context address; null where there is none.</param>
    public ODataAnswer(HttpContext context, FeedRequest request, string mediaType, ODataUriParser? parser)
    {
        response = context.Response;
        Body = new BodyBuffer(response);
        IsFull = mediaType.Contains("metadata=full", StringComparison.Ordinal);
        response.Headers["OData-Version"] = request.Version;
        var settings = new ODataMessageWriterSettings
        {
            Version = ODataVersion.V4,
            BaseUri = request.Root,
            EnableMessageStreamDisposal = false,
            // The names after "as" in $apply are declared by the request, not by the model.
            Validations = ValidationKinds.All & ~ValidationKinds.ThrowOnUndeclaredPropertyForNonOpenType,
            ODataUri = new ODataUri
            {
                ServiceRoot = request.Root,
                Path = parser?.ParsePath(),
                Apply = parser?.ParseApply(),
                SelectAndExpand = parser?.ParseSelectAndExpand(),
            },
        };
        settings.SetContentType(mediaType, "utf-8");
        Writer = new ODataMessageWriter(this, settings, FeedModel.Edm);
    }

    public ODataMessageWriter Writer { get; }

    public IServiceProvider Container => services.ServiceProvider;

    public BodyBuffer Body { get; }

    /// <summary>All metadata is written, the addresses of rows too.</summary>
    public bool IsFull { get; }

    public IEnumerable<KeyValuePair<string, string>> Headers => response.Headers.Select(h => new KeyValuePair<string, string>(h.Key, h.Value.ToString()));

    public int StatusCode
    {
        get => response.StatusCode;
        set => response.StatusCode = value;
    }

    public string? GetHeader(string headerName) => response.Headers.TryGetValue(headerName, out var value) ? value.ToString() : null;

    public void SetHeader(string headerName, string headerValue) => response.Headers[headerName] = headerValue;

    public Stream GetStream() => Body;

    public async ValueTask DisposeAsync()
    {
        Writer.Dispose();
        await Body.DisposeAsync();
        services.Dispose();
    }
}
