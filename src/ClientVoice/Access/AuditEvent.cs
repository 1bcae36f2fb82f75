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
internal sealed record AuditEvent(string ActorKind, Guid? ActorId, string Action, string Resource, string? Address, string Result)
{
    /// <summary>The client whom it was about; null where it was about nobody or about many at once.</summary>
    public Guid? About { get; init; }

    /// <summary>The paired tablet it was done on; null elsewhere.</summary>
    public Guid? Device { get; init; }

    /// <summary>Why, in words, where words were asked; kept encrypted.</summary>
    public string? Reason { get; init; }

    /// <summary>What the person of a request does.</summary>
    /// <param name="about">The client whom it is about.</param>
    /// <param name="reason">Why, where words were asked.</param>
    public static AuditEvent Of(HttpContext context, string action, string resource, string result = "done", Guid? about = null, string? reason = null)
    {
        var isPerson = context.User.Identity?.IsAuthenticated == true;
        return new AuditEvent(isPerson ? "person" : "system", isPerson ? context.User.PersonId() : null, action, resource, context.Connection.RemoteIpAddress?.ToString(), result)
        {
            About = about,
            Device = context.User.DeviceId(),
            Reason = reason,
        };
    }
}

/// <summary>An event as it is kept.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="PreviousHash">Of the row before; sixty-four zeros for the first.</param>
internal sealed record AuditRow(
    long Number, DateTimeOffset OccurredAt, string ActorKind, Guid? ActorId, string Action, string Resource, string? AddressHash, string Result, string PreviousHash)
{
    public static readonly string NothingBefore = new('0', 64);

    /// <summary>The client whom it was about.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>The paired tablet.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>Why, as cipher text.</summary>
    public byte[]? ReasonSecret { get; init; }

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
        // A row without any of these is hashed as rows were before there were such columns.
        if (SubjectId is not null || DeviceId is not null || ReasonSecret is not null)
        {
            content = [.. content, SubjectId?.ToString("D"), DeviceId?.ToString("D"), ReasonSecret is null ? null : Convert.ToBase64String(ReasonSecret)];
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(content))));
    }
}
