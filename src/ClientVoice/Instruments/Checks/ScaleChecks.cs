using System.Text.Json;
using ClientVoice.Instruments.Loading;

namespace ClientVoice.Instruments.Checks;

/// <summary>Where a fault goes: JSON pointer, code, text.</summary>
internal delegate void ReportFault(string pointer, string code, string text);

/// <summary>Answer options, in a scale file or at a question.</summary>
internal static class ScaleChecks
{
    /// <summary>Checks a scale file by itself; whether it has every language depends on who uses it.</summary>
    public static void Check(JsonFile file, SymbolLedger symbols, FaultList faults)
    {
        void Report(string pointer, string code, string text) => faults.Add(file, pointer, code, text);
        CheckOptions(file.Root, "", Report);
        PictureChecks.Check(file.Root, "", symbols, Report);
    }

    /// <summary>No code twice, scores between 0 and 100, and first steps that lead to options that are there.</summary>
    public static void CheckOptions(JsonElement schema, string pointer, ReportFault report)
    {
        if (schema.Member("items") is { } items)
        {
            CheckOptions(items, pointer + "/items", report);
        }

        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, option) in schema.Items("oneOf").Index())
        {
            if (option.Text("const") is { } code && !codes.Add(code))
            {
                report($"{pointer}/oneOf/{index}/const", "option-twice", $"Option '{code}' is there twice, so that neither can be chosen; give one another code.");
            }

            if (option.Member("cv") is { } cv && cv.Member("score") is not null && cv.Number("score") is not (>= 0 and <= 100))
            {
                report($"{pointer}/oneOf/{index}/cv/score", "schema-not-valid", "A score is a number from 0 to 100; correct it or leave it out.");
            }
        }

        var steps = schema.Member("cv") is { } annotations ? annotations.Items("steps") : [];
        foreach (var (index, step) in steps.Index())
        {
            foreach (var code in step.Texts("options").Where(code => !codes.Contains(code)))
            {
                report($"{pointer}/cv/steps/{index}/options", "step-option-unknown", $"The step leads to option '{code}', which is not there; correct the code.");
            }
        }
    }
}
