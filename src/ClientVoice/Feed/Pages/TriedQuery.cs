using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClientVoice.Feed.Batch;
using ClientVoice.Problems;

namespace ClientVoice.Feed.Pages;

/// <summary>An answer of the feed, made ready to be looked at.</summary>
/// <param name="Columns">Names of what the rows hold; of a row inside a row as <c>Place/Name</c>.</param>
internal sealed record TriedQuery(
    string Address, int Status, string Text, string? Error, bool IsList, IReadOnlyList<string> Columns, IReadOnlyList<Dictionary<string, string>> Rows, long? Count, string? Next)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TriedQuery Refused(string address, ProblemException problem) => new(address, problem.Kind.Status, "", problem.Detail ?? problem.Kind.Title, false, [], [], null, null);

    public static TriedQuery Read(string address, BatchResult answer)
    {
        var text = Encoding.UTF8.GetString(answer.Body.Span);
        if (answer.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true || text.Length == 0)
        {
            return new TriedQuery(address, answer.Status, text, null, false, [], [], null, null);
        }

        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        text = JsonSerializer.Serialize(root, Readable);
        if (root.TryGetProperty("error", out var error))
        {
            return new TriedQuery(address, answer.Status, text, error.GetProperty("message").GetString(), false, [], [], null, null);
        }

        var isList = root.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Array;
        List<Dictionary<string, string>> rows = isList ? [.. value.EnumerateArray().Where(r => r.ValueKind == JsonValueKind.Object).Select(Row)] : [];
        return new TriedQuery(
            address, answer.Status, text, null, isList, [.. rows.SelectMany(r => r.Keys).Distinct()], rows,
            root.TryGetProperty("@odata.count", out var count) ? count.GetInt64() : null,
            root.TryGetProperty("@odata.nextLink", out var next) ? next.GetString() : null);
    }

    private static Dictionary<string, string> Row(JsonElement row)
    {
        var cells = new Dictionary<string, string>();
        Add(cells, "", row);
        return cells;
    }

    private static void Add(Dictionary<string, string> cells, string prefix, JsonElement row)
    {
        foreach (var property in row.EnumerateObject().Where(p => !p.Name.Contains('@', StringComparison.Ordinal)))
        {
            switch (property.Value.ValueKind)
            {
                case JsonValueKind.Object:
                    Add(cells, $"{prefix}{property.Name}/", property.Value);
                    break;
                case JsonValueKind.Array:
                    cells[prefix + property.Name] = string.Create(CultureInfo.InvariantCulture, $"[{property.Value.GetArrayLength()}]");
                    break;
                default:
                    cells[prefix + property.Name] = property.Value.ToString();
                    break;
            }
        }
    }
}
