namespace ClientVoice.Outcomes;

/// <summary>A publication: what can be read, whole.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Sha256">Of everything in it; the same figures give the same hash.</param>
internal sealed record Publication(int Number, DateTimeOffset MadeAt, string Sha256, int Cells, int HiddenCells)
{
    /// <summary>Conversations with an answer-quality mark are not in it.</summary>
    public bool LeftOutMarked { get; init; }
}

/// <summary>Which publications can be read now.</summary>
internal interface IPublications
{
    /// <summary>The newest one, or null before the first.</summary>
    Task<Publication?> CurrentAsync(CancellationToken cancel);

    /// <summary>A publication that is still kept (a reader finishes on the one it began with), or null.</summary>
    Task<Publication?> FindAsync(int number, CancellationToken cancel);
}
