using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ClientVoice.Access;

/// <summary>Something that somebody did with what the service keeps.</summary>
/// <param name="ActorKind"><c>person</c>, <c>key</c> or <c>system</c>.</param>
/// <param name="ActorId">Who: a person's or a key's id.</param>
/// <param name="Action">What, as <c>room.verb</c>: <c>feed.read</c>, <c>key.create</c>.</param>
/// <param name="Resource">About what: an address or id, never a name or an answer; 200 characters at most.</param>
/// <param name="Address">The network address it came from; kept as a keyed hash. Null where there is none.</param>
/// <param name="Result">What became of it: <c>done</c>, or a status such as <c>200</c>.</param>
internal sealed record AuditEvent(string ActorKind, Guid? ActorId, string Action, string Resource, string? Address, string Result);

/// <summary>An event as it is kept.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="PreviousHash">Of the row before; sixty-four zeros for the first.</param>
internal sealed record AuditRow(
    long Number, DateTimeOffset OccurredAt, string ActorKind, Guid? ActorId, string Action, string Resource, string? AddressHash, string Result, string PreviousHash)
{
    public static readonly string NothingBefore = new('0', 64);

    /// <summary>SHA-256 over the hash before and this row's content, lower hex.</summary>
    public string Hash()
    {
        // As a JSON array: no two contents give one text, whatever stands in them.
        string?[] content =
        [
            PreviousHash,
            Number.ToString(CultureInfo.InvariantCulture),
            OccurredAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ActorKind,
            ActorId?.ToString("D"),
            Action,
            Resource,
            AddressHash,
            Result,
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(content))));
    }
}
