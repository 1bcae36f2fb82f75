using System.Text.Json;
using System.Xml;
using ClientVoice.Feed.Model;
using ClientVoice.Feed.Request;
using ClientVoice.Outcomes;
using Microsoft.OData;
using Microsoft.OData.Edm.Csdl;

namespace ClientVoice.Feed.Answer;

/// <summary>Says what the feed holds: the service document and the model.</summary>
internal static class DescriptionAnswer
{
    public static async Task ServiceDocumentAsync(HttpContext context, FeedRequest request)
    {
        var (type, level, wide) = FeedFormat.ForData(context.Request, request.Options["format"]);
        using var answer = new ODataAnswer(context, request, new DataForm(type, level, request.Version, wide), null);
        answer.Writer.WriteServiceDocument(new ODataServiceDocument
        {
            EntitySets = [.. PublishedModel.Sets.Select(s => new ODataEntitySetInfo { Name = s.Name, Title = s.Label.Nl, Url = new Uri(s.Name, UriKind.Relative) })],
        });
        await context.Response.Body.WriteAsync(answer.Written, context.RequestAborted);
    }

    public static async Task MetadataAsync(HttpContext context, FeedRequest request)
    {
        var type = FeedFormat.ForMetadata(context.Request, request.Options["format"]);
        var response = context.Response;
        response.Headers["OData-Version"] = request.Version;
        response.ContentType = type + ";charset=utf-8";
        await response.Body.WriteAsync(type.EndsWith("xml", StringComparison.Ordinal) ? Xml.Value : Json.Value, context.RequestAborted);
    }

    // The model does not change while the program runs: it is written once.
    private static readonly Lazy<ReadOnlyMemory<byte>> Xml = new(WriteXml);
    private static readonly Lazy<ReadOnlyMemory<byte>> Json = new(WriteJson);

    private static ReadOnlyMemory<byte> WriteXml()
    {
        using var memory = new MemoryStream();
        using (var writer = XmlWriter.Create(memory, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false) }))
        {
            Check(CsdlWriter.TryWriteCsdl(FeedModel.Edm, writer, CsdlTarget.OData, out var errors), errors);
        }

        return memory.ToArray();
    }

    private static ReadOnlyMemory<byte> WriteJson()
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory))
        {
            Check(CsdlWriter.TryWriteCsdl(FeedModel.Edm, writer, out var errors), errors);
        }

        return memory.ToArray();
    }

    private static void Check(bool written, IEnumerable<Microsoft.OData.Edm.Validation.EdmError> errors)
    {
        if (!written)
        {
            throw new InvalidOperationException("The feed's model is not valid: " + string.Join("; ", errors));
        }
    }
}
