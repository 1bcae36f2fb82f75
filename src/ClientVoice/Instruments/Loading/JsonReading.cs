using System.Text.Json;
using ClientVoice.Shell;

namespace ClientVoice.Instruments.Loading;

/// <summary>
/// Reads a JSON document of which nothing is sure yet: what is absent or of another type is just not there, so
/// that a faulty file gives faults and never an exception.
/// </summary>
internal static class JsonReading
{
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    public static JsonElement? Member(this JsonElement? element, string name) => element is { } present ? present.Member(name) : null;

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static string? AsText(this JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    public static bool Flag(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.True };

    /// <summary>A finite number, or null.</summary>
    public static double? Number(this JsonElement element, string name) => element.Member(name) is { } value ? value.AsNumber() : null;

    /// <summary>A finite number, or null.</summary>
    public static double? AsNumber(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    public static int? Count(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => element.Member(name) is { } value ? value.Items() : [];

    public static IEnumerable<JsonElement> Items(this JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    public static IEnumerable<JsonProperty> Members(this JsonElement element, string name) => element.Member(name) is { } value ? value.Members() : [];

    public static IEnumerable<JsonProperty> Members(this JsonElement element) => element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : [];

    public static IReadOnlyList<string> Texts(this JsonElement element, string name) =>
        [.. element.Items(name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];

    /// <summary>A text by language; null where there is no Dutch.</summary>
    public static LocalText? LocalText(this JsonElement element, string name) =>
        element.Member(name) is { } texts && texts.Text("nl") is { } dutch ? new LocalText(dutch, texts.Text("en")) : null;
}
