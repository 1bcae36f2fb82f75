using ClientVoice.Clients.Register;

namespace ClientVoice.Clients.Import;

/// <summary>How a list is to be read.</summary>
/// <param name="Fields">For each column what it holds; null: passed over.</param>
/// <param name="GroupForAll">For clients whose row names no group.</param>
/// <param name="CommunicationForAll">For clients whose row says nothing of it.</param>
/// <param name="IsComplete">Whether whoever has a number and is not on the list has left.</param>
internal sealed record ImportWishes(IReadOnlyList<ImportField?> Fields, Guid? GroupForAll, string? CommunicationForAll, bool IsComplete);

/// <summary>A client as it is, and as it will be.</summary>
internal sealed record ImportChange(ClientRecord Before, ClientRecord After)
{
    public bool Moves => Before.PlaceId != After.PlaceId;

    public bool Leaves => Before.UntilOn is null && After.UntilOn is not null;
}

/// <summary>What a list would do. Nothing has been done yet.</summary>
/// <param name="Faults">In the order of the list; where there is any, nothing can be done.</param>
/// <param name="Missing">Not on a list that is complete: they leave.</param>
internal sealed record ImportPlan(
    IReadOnlyList<ImportFault> Faults, IReadOnlyList<ClientRecord> New, IReadOnlyList<ImportChange> Changed, IReadOnlyList<ImportChange> Missing, int Unchanged, DateTimeOffset MadeAt)
{
    public bool IsGood => Faults.Count == 0;

    public bool IsEmpty => New.Count == 0 && Changed.Count == 0 && Missing.Count == 0;
}
