using System.Buffers.Text;
using System.Text.Json;
using ClientVoice.Feed.Query;
using ClientVoice.Problems;

namespace ClientVoice.Feed.Batch;

/// <summary>A batch in JSON (OData JSON Format 4.01, section 19).</summary>
internal static class JsonBatch
{
    public const string MediaType = "application/json";

    /// <exception cref="ProblemException">It is not a batch.</exception>
    public static async Task<IReadOnlyList<BatchItem>> ReadAsync(Stream body, CancellationToken cancel)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancel);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("requests", out var requests) || requests.ValueKind != JsonValueKind.Array)
            {
                throw BatchFault.NotValid("A batch in JSON is an object with an array 'requests'.");
            }

            BatchFault.MustBeSmall(requests.GetArrayLength());
            var items = requests.EnumerateArray().Select(Item).ToList();
            MustFit(items);
            return items;
        }
        catch (JsonException)
        {
            throw new ProblemException(ProblemKinds.NotJson);
        }
    }

    public static void WriteStart(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("responses");
    }

    public static void Write(Utf8JsonWriter json, BatchResult result)
    {
        json.WriteStartObject();
        json.WriteString("id", result.Id);
        json.WriteNumber("status", result.Status);
        if (result.Headers.Count > 0)
        {
            json.WriteStartObject("headers");
            foreach (var (name, value) in result.Headers)
            {
#pragma warning disable CA1308 // The format asks for lower case.
                json.WriteString(name.ToLowerInvariant(), value);
#pragma warning restore CA1308
            }

            json.WriteEndObject();
        }

        if (result.Body.Length > 0)
        {
            json.WritePropertyName("body");
            WriteBody(json, result);
        }

        json.WriteEndObject();
    }

    public static void WriteEnd(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // JSON stands as it is, text as text, and anything else as the format has bytes.
    private static void WriteBody(Utf8JsonWriter json, BatchResult result)
    {
        var type = result.ContentType ?? "";
        if (type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            json.WriteRawValue(result.Body.Span, skipInputValidation: true);
        }
        else if (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
        {
            json.WriteStringValue(result.Body.Span);
        }
        else
        {
            json.WriteStringValue(Base64Url.EncodeToString(result.Body.Span));
        }
    }

    private static BatchItem Item(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object)
        {
            throw BatchFault.NotValid("Each of 'requests' is an object.");
        }

        var (id, method, url) = ("", "", "");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Accept"] = MediaType };
        List<string> after = [];
        foreach (var member in request.EnumerateObject())
        {
            switch (member.Name)
            {
                case "id":
                    id = Text(member);
                    break;
                case "method":
                    method = Text(member).ToUpperInvariant();
                    break;
                case "url":
                    url = Text(member);
                    break;
                case "headers" when member.Value.ValueKind == JsonValueKind.Object:
                    foreach (var header in member.Value.EnumerateObject())
                    {
                        headers[header.Name] = Text(header);
                    }

                    break;
                case "dependsOn" when member.Value.ValueKind == JsonValueKind.Array:
                    after.AddRange(member.Value.EnumerateArray().Select(a => a.GetString() ?? throw BatchFault.NotValid("'dependsOn' is a list of ids.")));
                    break;
                // A group is all or nothing in what it changes; reading changes nothing, so it asks for no more than each alone.
                case "atomicityGroup":
                    Text(member);
                    break;
                case "body":
                    break;
                case "if":
                    throw Refusal.NotSupported("if in $batch");
                default:
                    throw BatchFault.NotValid($"A request in a batch has no member '{member.Name}', or not of this kind.");
            }
        }

        return id.Length > 0 && method.Length > 0 && url.Length > 0
            ? new BatchItem(id, method, url, headers, after)
            : throw BatchFault.NotValid("A request in a batch has an id, a method and a url.");
    }

    private static string Text(JsonProperty member) => member.Value.ValueKind == JsonValueKind.String
        ? member.Value.GetString()!
        : throw BatchFault.NotValid($"'{member.Name}' in a batch is a text.");

    private static void MustFit(List<BatchItem> items)
    {
        var before = new HashSet<string>();
        foreach (var item in items)
        {
            if (item.DependsOn.FirstOrDefault(d => !before.Contains(d)) is { } missing)
            {
                throw BatchFault.NotValid($"The request '{item.Id}' depends on '{missing}', which is not before it.");
            }

            if (!before.Add(item.Id!))
            {
                throw BatchFault.NotValid($"The id '{item.Id}' stands twice in the batch.");
            }
        }
    }
}
