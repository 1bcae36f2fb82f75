using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using ClientVoice.Feed.Query;
using ClientVoice.Feed.Sql;
using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Request;

/// <summary>Where the next page starts. Opaque to readers; it holds nothing that the reader has not seen.</summary>
/// <param name="Publication">The one the reader began with, and finishes on.</param>
/// <param name="Given">Rows given so far: $top counts over pages.</param>
/// <param name="Total">The count, where it was asked for, so that it is counted once.</param>
/// <param name="PageSize">The size preferred on the first page.</param>
/// <param name="Fingerprint">Of the question this is the continuation of.</param>
/// <param name="Last">The order's values of the last row given.</param>
internal sealed record SkipToken(int Publication, long Given, long? Total, int PageSize, string Fingerprint, IReadOnlyList<object?> Last)
{
    private sealed record Wire(int P, long N, long? C, int S, string H, JsonElement[] K);

    /// <summary>The order's values of the row that the reader stands at.</summary>
    public static IReadOnlyList<object?> Values(FeedQuery query, Statement statement, FeedRows rows) =>
        [.. query.Order.Select((o, i) => rows.Value(statement.OrderAt[i], o.Term.Type))];

    public string Write()
    {
        var values = Last.Select(v => JsonSerializer.SerializeToElement(v is DateOnly date ? date.ToString("O", CultureInfo.InvariantCulture) : v)).ToArray();
        return Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new Wire(Publication, Given, Total, PageSize, Fingerprint, values)));
    }

    /// <summary>The publication that a token speaks of.</summary>
    /// <exception cref="Problems.ProblemException">It is not one of ours, or belongs to another question.</exception>
    public static SkipToken Read(string text, IReadOnlyList<OrderItem> order, string fingerprint)
    {
        try
        {
            var wire = text.Length <= FeedLimits.TokenLength
                ? JsonSerializer.Deserialize<Wire>(Base64Url.DecodeFromChars(text))
                : null;
            if (wire is { H: not null, K: not null, S: > 0 and <= FeedLimits.LargestPage, N: >= 0 } && wire.H == fingerprint && wire.K.Length == order.Count)
            {
                return new SkipToken(wire.P, wire.N, wire.C, wire.S, wire.H, [.. wire.K.Select((k, i) => Value(k, order[i].Term.Type))]);
            }
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException)
        {
            // Said below, in one way: what exactly is wrong with a token helps nobody.
        }

        throw Refusal.NotValid("$skiptoken", "This $skiptoken does not belong to this address. Follow @odata.nextLink as it is given.");
    }

    private static object? Value(JsonElement value, PublishedType type) => value.ValueKind == JsonValueKind.Null ? null : type switch
    {
        PublishedType.Text => value.GetString(),
        PublishedType.Whole => value.GetInt64(),
        PublishedType.Number => value.GetDouble(),
        PublishedType.Flag => value.GetBoolean(),
        PublishedType.Date => DateOnly.ParseExact(value.GetString()!, "O", CultureInfo.InvariantCulture),
        PublishedType.Key => value.GetGuid(),
    };
}
