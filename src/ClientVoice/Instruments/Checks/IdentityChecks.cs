using ClientVoice.Instruments.Loading;

namespace ClientVoice.Instruments.Checks;

/// <summary>File name, <c>$id</c> and <c>cv</c> say the same about which version this is.</summary>
internal static class IdentityChecks
{
    public static void Check(InstrumentDraft draft)
    {
        if (draft.Cv.Text("id") is not { Length: > 0 and <= 64 } id || draft.Cv.Text("version") is not { } version || InstrumentVersion.TryParse(version) is null)
        {
            draft.Fault("/cv", "schema-not-valid", "cv.id (at most 64 characters) and cv.version (major.minor) must say which version this is; add them.");
            return;
        }

        var expected = $"{id}/{id}-{version}.json";
        if (draft.File.Name != expected)
        {
            draft.Fault("/cv/id", "id-mismatch", $"cv says {id} version {version}, so the file belongs at '{expected}'; move it or correct cv.id and cv.version.");
        }

        if (draft.File.Root.Text("$id")?.EndsWith("/" + expected, StringComparison.Ordinal) != true)
        {
            draft.Fault("/$id", "id-mismatch", $"$id must end with '/{expected}'; correct it.");
        }
    }
}
