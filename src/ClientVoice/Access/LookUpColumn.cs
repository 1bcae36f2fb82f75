namespace ClientVoice.Access;

/// <summary>A column of look-up hashes, and how its rows come under another key; each room registers its own, and a test compares them with the schema.</summary>
/// <param name="LetGo">SQL that takes hashes away, without its condition.</param>
internal sealed record LookUpColumn(string Table, string Column, string LetGo)
{
    /// <summary>The column of the same row with what was hashed, as <see cref="SecretKind.Name"/>; null where it is not kept.</summary>
    public string? Text { get; init; }

    /// <summary>The column that says when a row has served, and how long after that.</summary>
    public (string Column, TimeSpan After)? Served { get; init; }

    /// <summary>Whether a row goes whose owner did not come by in time; else it is waited for.</summary>
    public bool GoesInTheEnd { get; init; }

    /// <summary>The column with the person to whom it happens that a row goes; null where it is nothing to anybody.</summary>
    public string? Person { get; init; }
}

/// <summary>What was once made with a key of look-up hashes and is made otherwise now: it has to be brought over before the key goes.</summary>
internal interface IHashedOtherwise
{
    /// <summary>Brings over what is left; may be cut off and taken up again.</summary>
    /// <returns>How many.</returns>
    Task<int> BringOverAsync(CancellationToken cancel);
}
