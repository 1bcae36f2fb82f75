namespace ClientVoice.Instruments.Checks;

/// <summary>What the meta-schema cannot say about an instrument file.</summary>
internal static class InstrumentChecks
{
    public static void Check(InstrumentDraft draft)
    {
        IdentityChecks.Check(draft);
        StructureChecks.Check(draft);
        ConditionChecks.Check(draft);
        ScoringChecks.Check(draft);
        TextChecks.Check(draft);
        PictureChecks.Check(draft);
        PerspectiveChecks.Check(draft);
    }
}
