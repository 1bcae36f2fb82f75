using System.Text.Json;
using ClientVoice.Instruments.Schema;

namespace ClientVoice.Instruments.Loading;

/// <summary>Where each part of a JSON text stands: JSON pointer to line, from 1.</summary>
internal sealed class LineMap
{
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);

    /// <summary>The line of a part; of the nearest part around it where it is absent (a missing member has no line).</summary>
    public int Of(string pointer)
    {
        while (pointer.Length > 0 && !lines.ContainsKey(pointer))
        {
            pointer = pointer[..pointer.LastIndexOf('/')];
        }

        return lines.GetValueOrDefault(pointer, 1);
    }

    /// <summary>Reads a text; a fault (pointer aside: its line, code and text) where it cannot be used.</summary>
    public static (LineMap Map, int Line, string? Code, string Text) Read(ReadOnlySpan<byte> json, int deepest)
    {
        var walk = new Walk(json, deepest);
        try
        {
            return walk.Run();
        }
        catch (JsonException fault)
        {
            return (walk.Map, (int)(fault.LineNumber ?? 0) + 1, "json-not-valid", "This is not JSON: look for a missing or extra comma, quote or bracket here or on the line before.");
        }
    }

    private ref struct Walk(ReadOnlySpan<byte> json, int deepest)
    {
        private readonly ReadOnlySpan<byte> json = json;
        private readonly List<(string Pointer, int Next)> open = [];
        private Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 1_000_000 });
        private string pointer = "";
        private int line = 1;
        private int counted;

        public LineMap Map { get; } = new();

        public (LineMap Map, int Line, string? Code, string Text) Run()
        {
            while (reader.Read())
            {
                CountLines();
                if (reader.CurrentDepth > deepest)
                {
                    return (Map, line, "too-deep", $"This is nested deeper than {deepest} levels; make it flatter.");
                }

                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    open.RemoveAt(open.Count - 1);
                }
                else if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    pointer = $"{open[^1].Pointer}/{JsonPointer.Escape(reader.GetString()!)}";
                    if (!Map.lines.TryAdd(pointer, line))
                    {
                        return (Map, line, "json-not-valid", "This name stands twice in one object; remove one of the two.");
                    }
                }
                else
                {
                    Value();
                }
            }

            return (Map, 1, null, "");
        }

        private void Value()
        {
            if (open.Count > 0 && open[^1].Next >= 0)
            {
                pointer = $"{open[^1].Pointer}/{open[^1].Next}";
                open[^1] = (open[^1].Pointer, open[^1].Next + 1);
            }

            Map.lines.TryAdd(pointer, line);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                open.Add((pointer, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }

        private void CountLines()
        {
            var start = (int)reader.TokenStartIndex;
            line += json[counted..start].Count((byte)'\n');
            counted = start;
        }
    }
}
