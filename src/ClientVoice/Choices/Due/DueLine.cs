using ClientVoice.Shell;
using ClientVoice.Shell.Lists;

namespace ClientVoice.Choices.Due;

/// <summary>A conversation that is to be held with a client.</summary>
/// <param name="LastOn">The last conversation with this client, whatever the instrument and outcome.</param>
/// <param name="LeaderId">Who asks: as decided, else the regular worker where the choice lets them; null: somebody else than the regular worker.</param>
/// <param name="Plan">The decision that holds; its words are opened for one line alone.</param>
/// <param name="IsPostponed">Whether a decision moved the day.</param>
/// <param name="Why">Why the client was not reached for three years.</param>
/// <param name="Because">Why it is due, without decisions and limits.</param>
/// <param name="LeftOn">The last day in support of who left; null for who is there.</param>
internal sealed record DueLine(
    Guid ClientId, string Client, Guid PlaceId, string Place, Guid GroupId, Guid ChoiceId, LocalText Instrument, string Perspective,
    DateOnly DueOn, string State, DateOnly? LastOn, Guid? LeaderId, DuePlan? Plan, bool IsPostponed, NotReached Why, DueReason Because, DateOnly? LeftOn);

/// <summary>Why a conversation is due, and the day that this is about.</summary>
internal sealed record DueReason(DueBecause Why, DateOnly Since);

/// <summary>Which lines a list shows.</summary>
/// <param name="Place">It and everything below it; null for all in scope.</param>
/// <param name="State">One of those named here; anything else is <see cref="Now"/>.</param>
internal sealed record DueFilter(Guid? Place, Guid? Group, string State)
{
    /// <summary>Overdue, and due within a month.</summary>
    public const string Now = "now";
    public const string Overdue = "overdue";

    /// <summary>Not reached in three years.</summary>
    public const string Three = "three";

    /// <summary>Who left without a farewell.</summary>
    public const string Left = "left";
    public const string Everyone = "all";

    /// <summary>All that is to be held in a scope.</summary>
    public static readonly DueFilter Whole = new(null, null, Everyone);

    /// <summary>As a list's address asks.</summary>
    public static DueFilter Of(ListAddress list) => new(list.FilterId("place"), list.FilterId("group"), list.Filter("state") ?? Now);
}

/// <summary>How many lines there are at the places and of the group of a filter, whatever its state.</summary>
internal sealed record DueFigures
{
    public int Lines { get; init; }

    public int Overdue { get; init; }

    /// <summary>Due within a month.</summary>
    public int Due { get; init; }

    /// <summary>Lines of those who were not reached in three years.</summary>
    public int NotReached { get; init; }

    /// <summary>How many people those are.</summary>
    public int PeopleNotReached { get; init; }

    /// <summary>Lines of who left.</summary>
    public int WhoLeft { get; init; }

    public int Upcoming => Lines - Overdue - Due;

    /// <summary>How many lines a filter shows.</summary>
    public int In(string state) => state switch
    {
        DueFilter.Overdue => Overdue,
        DueFilter.Three => NotReached,
        DueFilter.Left => WhoLeft,
        DueFilter.Everyone => Lines,
        _ => Overdue + Due,
    };
}

/// <summary>Part of a list, and how many lines it has in all.</summary>
/// <param name="Figures">Of the places and the group asked for.</param>
internal sealed record DuePart(IReadOnlyList<DueLine> Lines, int Total, DueFigures Figures);

/// <summary>A client on a day of the calendar.</summary>
internal sealed record DueDay(DateOnly DueOn, Guid ClientId, string Client, Guid ChoiceId);

/// <summary>What a month shows.</summary>
/// <param name="Days">The first few of each day.</param>
/// <param name="Counts">How many there are on a day; a day with none is absent.</param>
/// <param name="Before">How many should have been held already, before this month.</param>
internal sealed record DueMonth(IReadOnlyList<DueDay> Days, IReadOnlyDictionary<DateOnly, int> Counts, int Before, DueFigures Figures);
