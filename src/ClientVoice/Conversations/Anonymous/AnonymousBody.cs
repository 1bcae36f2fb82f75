using System.Buffers.Text;
using System.Text.Json;
using ClientVoice.Problems;

namespace ClientVoice.Conversations.Anonymous;

/// <summary>Reads a body strictly: members that are not known are named and refused.</summary>
internal sealed class AnonymousBody
{
    private readonly JsonElement json;

    /// <exception cref="ProblemException">It is no object, or has a member that is not known.</exception>
    public AnonymousBody(JsonElement json, string[] members)
    {
        this.json = json.ValueKind == JsonValueKind.Object ? json : throw new ProblemException(ProblemKinds.BadRequest, "The body is not an object.");
        if (json.EnumerateObject().Any(m => !members.Contains(m.Name)))
        {
            throw new ProblemException(ProblemKinds.BadRequest, $"The body has another member than {string.Join(", ", members)}.");
        }
    }

    /// <summary>An id; null where it is absent.</summary>
    public Guid? Id(string member) => Text(member) is not { } text ? null : Guid.TryParseExact(text, "D", out var id) ? id : throw Wrong(member);

    /// <summary>Base64url; null where it is absent.</summary>
    public byte[]? Bytes(string member)
    {
        try
        {
            return Text(member) is { } text ? Base64Url.DecodeFromChars(text) : null;
        }
        catch (FormatException)
        {
            throw Wrong(member);
        }
    }

    /// <summary>A text; null where it is absent.</summary>
    public string? Text(string member) =>
        !json.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null ? null : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(member);

    public static ProblemException Missing(string member) => new(ProblemKinds.BadRequest, $"{member} is missing.");

    private static ProblemException Wrong(string member) => new(ProblemKinds.BadRequest, $"{member} is not of its form.");
}
