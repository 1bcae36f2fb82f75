using System.Text.Json;
using ClientVoice.Feed.Model;
using ClientVoice.Feed.Request;
using ClientVoice.Outcomes;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ClientVoice.Feed.Answer;

/// <summary>An answer that ODataLib writes, or says the context address of; it is small and gathered in memory.</summary>
internal sealed class ODataAnswer : IODataResponseMessage, IContainerProvider, IDisposable
{
    private readonly HttpResponse response;
    private readonly MemoryStream body = new();
    // ODataLib keeps what it knows of a message in its container: each answer has one of its own.
    private readonly IServiceScope services = WriterServices.Provider.CreateScope();

    /// <param name="parser">Of the request, for the context address; null where there is none.</param>
    public ODataAnswer(HttpContext context, FeedRequest request, DataForm form, ODataUriParser? parser)
    {
        response = context.Response;
        response.Headers["OData-Version"] = request.Version;
        var settings = new ODataMessageWriterSettings
        {
            Version = request.Version == "4.0" ? ODataVersion.V4 : ODataVersion.V401,
            BaseUri = request.Root,
            EnableMessageStreamDisposal = false,
            // The names after "as" in $apply are declared by the request, not by the model.
            Validations = ValidationKinds.All & ~ValidationKinds.ThrowOnUndeclaredPropertyForNonOpenType,
            ODataUri = new ODataUri
            {
                ServiceRoot = request.Root,
                Path = parser?.ParsePath(),
                Apply = parser?.ParseApply(),
                Compute = parser?.ParseCompute(),
                SelectAndExpand = parser?.ParseSelectAndExpand(),
            },
        };
        settings.SetContentType(form.MediaType, "utf-8");
        Writer = new ODataMessageWriter(this, settings, FeedModel.Edm);
    }

    public ODataMessageWriter Writer { get; }

    public IServiceProvider Container => services.ServiceProvider;

    public IEnumerable<KeyValuePair<string, string>> Headers => response.Headers.Select(h => new KeyValuePair<string, string>(h.Key, h.Value.ToString()));

    public int StatusCode
    {
        get => response.StatusCode;
        set => response.StatusCode = value;
    }

    /// <summary>What has been written.</summary>
    public ReadOnlyMemory<byte> Written => body.GetBuffer().AsMemory(0, (int)body.Length);

    /// <summary>The context address of rows of a set (or of one); null where the form has none. Sets the answer's headers.</summary>
    public static string? Context(HttpContext context, FeedRequest request, DataForm form, ODataUriParser parser, PublishedSet set, bool many)
    {
        // In full, the library looks for the addresses of a row, of which it knows nothing here.
        using var answer = new ODataAnswer(context, request, form with { MediaType = form.MediaType.Replace("metadata=full", "metadata=minimal", StringComparison.Ordinal) }, parser);
        var entitySet = FeedModel.EntitySet(set);
        var writer = many
            ? answer.Writer.CreateODataResourceSetWriter(entitySet, entitySet.EntityType())
            : answer.Writer.CreateODataResourceWriter(entitySet, entitySet.EntityType());
        if (many)
        {
            writer.WriteStart(new ODataResourceSet());
        }
        else
        {
            writer.WriteStart(new ODataResource { Properties = [], IsTransient = true });
        }

        writer.WriteEnd();
        writer.Flush();
        context.Response.ContentType = form.MediaType + ";charset=utf-8";
        using var written = JsonDocument.Parse(answer.Written);
        return written.RootElement.TryGetProperty(form.Control("context"), out var address) ? address.GetString() : null;
    }

    public string? GetHeader(string headerName) => response.Headers.TryGetValue(headerName, out var value) ? value.ToString() : null;

    public void SetHeader(string headerName, string headerValue) => response.Headers[headerName] = headerValue;

    public Stream GetStream() => body;

    public void Dispose()
    {
        Writer.Dispose();
        body.Dispose();
        services.Dispose();
    }
}
