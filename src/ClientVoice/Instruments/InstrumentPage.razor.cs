using ClientVoice.Problems;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.Instruments;

/// <summary>One instrument: what it is for, everything it asks, how it counts, and what changed between versions.</summary>
public partial class InstrumentPage
{
    private Instrument instrument = default!;
    private Instrument? newest;
    private DateOnly today;
    private int wishes;

    /// <summary>Of the instrument.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery(Name = "version")]
    private string? Version { get; set; }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        var state = Catalogue.Current;
        newest = state.Newest(Id);
        instrument = (Version is null ? newest ?? state.Instruments.LastOrDefault(i => i.Key.Id == Id) : state.Find(Id, Version))
            ?? throw new ProblemException(ProblemKinds.InstrumentUnknown);
        today = DateOnly.FromDateTime(Time.GetLocalNow().DateTime);
        wishes = instrument.Questions.Count(question => question.WishOf is not null);
    }

    private string PreviewAddress => $"/tablet/?preview={instrument.Key}";

    // The version is kept in the links within the page, or they would lead to the newest one.
    private string At(string section) => $"/instruments/{instrument.Key.Id}{(Version is null ? "" : "?version=" + instrument.Key.Version)}#{section}";
}
