using ClientVoice.Instruments.Loading;

namespace ClientVoice.Instruments.Checks;

/// <summary>Whose view it holds, and how many are needed.</summary>
internal static class PerspectiveChecks
{
    private static readonly string[] Known = ["client", "relative", "worker", "observer", "team"];

    public static void Check(InstrumentDraft draft)
    {
        var observers = 0;
        foreach (var (index, item) in draft.Cv.Items("perspectives").Index())
        {
            var perspective = item.Text("perspective") ?? "";
            if (!Known.Contains(perspective))
            {
                draft.Fault($"/cv/perspectives/{index}", "perspective-unknown", $"A perspective is one of {string.Join(", ", Known)}; correct it.");
            }

            observers += perspective == "observer" ? item.Count("minimum") ?? 0 : 0;
        }

        if (draft.Kind == "observation" && observers < 2)
        {
            draft.Fault("/cv/perspectives", "observers-too-few", "One observer sees one side; give the perspective 'observer' a minimum of 2 or more.");
        }
    }
}
