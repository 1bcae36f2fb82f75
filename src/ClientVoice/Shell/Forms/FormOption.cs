namespace ClientVoice.Shell.Forms;

/// <summary>Something that can be chosen.</summary>
/// <param name="Value">As sent.</param>
/// <param name="Text">As shown.</param>
/// <param name="Depth">How far it stands in, in a tree.</param>
public sealed record FormOption(string Value, string Text, int Depth = 0)
{
    /// <summary>The text, set in by its depth; a list of choices knows no other way to show a tree.</summary>
    public string Indented => string.Concat(Enumerable.Repeat("\u00a0\u00a0\u00a0", Depth)) + Text;
}
