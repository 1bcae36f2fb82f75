using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace ClientVoice.Instruments.Schema;

/// <summary>JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string Escape(string token) =>
        token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string Unescape(string token) =>
        token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    /// <summary>One step down: a member by name or an item by index.</summary>
    public static bool TryStep(JsonElement from, string token, [NotNullWhen(true)] out JsonElement? to)
    {
        to = null;
        if (from.ValueKind == JsonValueKind.Object && from.TryGetProperty(token, out var member))
        {
            to = member;
        }
        else if (from.ValueKind == JsonValueKind.Array
            && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < from.GetArrayLength())
        {
            to = from[index];
        }

        return to is not null;
    }
}
