// Equality of JSON values as JSON Schema means it (numbers by value, objects without order), and the one
// check that makes every later read of a string safe.
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace ClientVoice.Instruments.Schema;

/// <summary>What the evaluator asks of JSON values as a whole.</summary>
internal static class JsonValue
{
    /// <summary>
    /// Whether every string can be read: UTF-8 throughout and no half surrogate pairs behind <c>\u</c>. The
    /// framework's reader accepts such a document and throws only when the string is taken.
    /// </summary>
    public static bool TextIsReadable(JsonElement element) => TextIsReadable(JsonMarshal.GetRawUtf8Value(element));

    /// <summary>The same for a JSON text.</summary>
    public static bool TextIsReadable(ReadOnlySpan<byte> json) => Utf8.IsValid(json) && SurrogatesArePaired(json);

    /// <summary>Equal as JSON Schema has it. Both must have readable text; values nested beyond any file's depth are not compared.</summary>
    public static bool AreEqual(JsonElement left, JsonElement right, int depth = 128)
    {
        if (left.ValueKind != right.ValueKind || depth == 0)
        {
            return false;
        }

        return left.ValueKind switch
        {
            JsonValueKind.String => left.ValueEquals(right.GetString()),
            JsonValueKind.Number => NumbersAreEqual(left, right),
            JsonValueKind.Array => left.GetArrayLength() == right.GetArrayLength()
                && left.EnumerateArray().Zip(right.EnumerateArray()).All(pair => AreEqual(pair.First, pair.Second, depth - 1)),
            JsonValueKind.Object => ObjectsAreEqual(left, right, depth - 1),
            _ => true,
        };
    }

    /// <summary>The same for equal values; looks no deeper than <paramref name="depth"/>.</summary>
    public static int Hash(JsonElement value, int depth = 8) => value.ValueKind switch
    {
        JsonValueKind.String => string.GetHashCode(value.GetString(), StringComparison.Ordinal),
        JsonValueKind.Number => ExactNumber.TryRead(value, out var number) ? number.GetHashCode() : 1,
        JsonValueKind.Array when depth > 0 => value.EnumerateArray().Aggregate(17, (hash, item) => HashCode.Combine(hash, Hash(item, depth - 1))),
        JsonValueKind.Object when depth > 0 => value.EnumerateObject().Aggregate(
            19, (hash, member) => hash ^ HashCode.Combine(string.GetHashCode(member.Name, StringComparison.Ordinal), Hash(member.Value, depth - 1))),
        _ => (int)value.ValueKind,
    };

    private static bool NumbersAreEqual(JsonElement left, JsonElement right) =>
        ExactNumber.TryRead(left, out var a) && ExactNumber.TryRead(right, out var b)
            ? a == b
            : left.GetRawText() == right.GetRawText();

    private static bool ObjectsAreEqual(JsonElement left, JsonElement right, int depth) =>
        left.GetPropertyCount() == right.GetPropertyCount()
        && left.EnumerateObject().All(member => right.TryGetProperty(member.Name, out var other) && AreEqual(member.Value, other, depth));

    // In a raw JSON text a backslash stands only inside a string, and always before one more character.
    private static bool SurrogatesArePaired(ReadOnlySpan<byte> raw)
    {
        for (var at = raw.IndexOf((byte)'\\'); at >= 0;)
        {
            var unit = Unit(raw[at..]);
            var length = Math.Min(unit < 0 ? 2 : 6, raw.Length - at);
            if (unit is >= 0xDC00 and <= 0xDFFF)
            {
                return false;
            }

            if (unit is >= 0xD800 and <= 0xDBFF)
            {
                if (Unit(raw[(at + 6)..]) is not (>= 0xDC00 and <= 0xDFFF))
                {
                    return false;
                }

                length = 12;
            }

            var next = raw[(at + length)..].IndexOf((byte)'\\');
            at = next < 0 ? -1 : at + length + next;
        }

        return true;
    }

    private static int Unit(ReadOnlySpan<byte> raw) =>
        raw.Length >= 6 && raw[0] == '\\' && raw[1] == 'u' && Utf8Parser.TryParse(raw.Slice(2, 4), out ushort unit, out var used, 'x') && used == 4
            ? unit
            : -1;
}
