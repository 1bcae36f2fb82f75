using System.Text.Json;
using ClientVoice.Instruments.Loading;
using ClientVoice.Instruments.Schema;

namespace ClientVoice.Instruments.Checks;

/// <summary>Every picture has a file, a source and a licence that allows it.</summary>
internal static class PictureChecks
{
    public static void Check(InstrumentDraft draft) => Check(draft.File.Root, "", draft.Shared.Symbols, draft.Fault);

    /// <summary>Looks for <c>picture</c> below every <c>cv</c>, however deep.</summary>
    public static void Check(JsonElement element, string pointer, SymbolLedger symbols, ReportFault report) =>
        Check(element, pointer, isInCv: false, symbols, report);

    private static void Check(JsonElement element, string pointer, bool isInCv, SymbolLedger symbols, ReportFault report)
    {
        foreach (var member in element.Members())
        {
            var at = $"{pointer}/{JsonPointer.Escape(member.Name)}";
            if (isInCv && member.Name == "picture" && member.Value.AsText() is { } id)
            {
                if (symbols.FaultOf(id) is { } fault)
                {
                    report(at, fault.Code, fault.Text);
                }
            }
            else
            {
                Check(member.Value, at, isInCv || member.Name == "cv", symbols, report);
            }
        }

        foreach (var (index, item) in element.Items().Index())
        {
            Check(item, $"{pointer}/{index}", isInCv, symbols, report);
        }
    }
}
