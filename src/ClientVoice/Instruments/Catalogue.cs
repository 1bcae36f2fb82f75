using ClientVoice.Instruments.Loading;

namespace ClientVoice.Instruments;

/// <summary>A fault in an instrument file, or in what belongs to it.</summary>
/// <param name="File">Path relative to the instruments folder.</param>
/// <param name="Line">From 1.</param>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Text">What is wrong and what to do, one English sentence.</param>
internal sealed record InstrumentFault(string File, int Line, string Code, string Text);

/// <summary>One whole state of the catalogue; never changes, a reload makes a new one.</summary>
/// <param name="Instruments">Every version that serves, by id and then by version ascending.</param>
/// <param name="Faults">Why files were left out.</param>
/// <param name="LoadedAt">When the folder was read.</param>
internal sealed record CatalogueState(IReadOnlyList<Instrument> Instruments, IReadOnlyList<InstrumentFault> Faults, DateTimeOffset LoadedAt)
{
    public static readonly CatalogueState Empty = new([], [], DateTimeOffset.UnixEpoch);

    /// <summary>The pictures that may be shown, by id.</summary>
    public SymbolLedger Symbols { get; init; } = SymbolLedger.Empty;

    /// <summary>The recorded prompts.</summary>
    public Recordings Recordings { get; init; } = Recordings.None;

    /// <summary>The version, also a withdrawn one, or null.</summary>
    public Instrument? Find(string id, string version) =>
        Instruments.FirstOrDefault(i => i.Key.Id == id && i.Key.Version == version);

    /// <summary>The highest version of an instrument that is not withdrawn, or null.</summary>
    public Instrument? Newest(string id) => Instruments.LastOrDefault(i => i.Key.Id == id && !i.Withdrawn);
}

/// <summary>The instruments that serve now.</summary>
internal interface ICatalogue
{
    /// <summary>A whole state; take it once per piece of work, a reload swaps it atomically.</summary>
    CatalogueState Current { get; }
}
