namespace ClientVoice.Shell;

/// <summary>A text in several languages; Dutch is always there.</summary>
/// <param name="Nl">Dutch.</param>
/// <param name="En">English; null where the instrument has none.</param>
internal sealed record LocalText(string Nl, string? En)
{
    /// <summary>The text in <paramref name="language"/> (<c>nl</c> or <c>en</c>), Dutch where it is missing.</summary>
    public string In(string language) => language == "en" && En is not null ? En : Nl;
}
