// What is the same for every document that a tablet sends: its bytes, who sent it, and how it is refused.
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ClientVoice.Instruments;
using ClientVoice.Problems;

namespace ClientVoice.Conversations;

/// <summary>Keeps a checked document within a transaction, as of a moment.</summary>
internal delegate Task Keep(DbConnection connection, DbTransaction transaction, DateTimeOffset now, CancellationToken cancel);

/// <summary>A document as received.</summary>
/// <param name="Id">From the address.</param>
/// <param name="Hash">Of its canonical form.</param>
/// <param name="PersonId">Whose work it is.</param>
internal sealed record ReceivedDocument(Guid Id, JsonElement Json, byte[] Raw, string Hash, Guid PersonId)
{
    /// <summary>In whose places it must be: those of whoever delivers it, where that is somebody else.</summary>
    public Guid ScopeOf { get; init; } = PersonId;

    /// <summary>Whether it has this member.</summary>
    public bool Has(string member) => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(member, out _);

    /// <exception cref="ProblemException">It is not of the form that the schema describes.</exception>
    public void RefuseForm(DocumentSchema schema) => Refusal.Of(schema.Faults(Json).Select(e => new Fault(e.InstancePointer, e.Text)));

    /// <exception cref="ProblemException">It names another id than its address.</exception>
    public void RefuseOtherId(Guid id)
    {
        if (id != Id)
        {
            Refusal.Of("/id", "The id is another one than in the address.");
        }
    }
}

/// <summary>Refuses a document with its faults; nothing of it is kept.</summary>
internal static class Refusal
{
    /// <summary>Throws where there are faults; at most a hundred are named.</summary>
    public static void Of(IEnumerable<Fault> faults)
    {
        var all = faults.Take(100).ToList();
        if (all.Count > 0)
        {
            throw new ProblemException(ProblemKinds.ConversationNotValid, null, all);
        }
    }

    [DoesNotReturn]
    public static void Of(string pointer, string reason) => throw new ProblemException(ProblemKinds.ConversationNotValid, null, [new Fault(pointer, reason)]);

    /// <summary>The exact version that was answered.</summary>
    /// <exception cref="ProblemException">It is not in the catalogue.</exception>
    public static Instrument UnlessKnown(ICatalogue catalogue, DocumentInstrument named)
    {
        if (catalogue.Current.Find(named.Id, named.Version) is not { } instrument)
        {
            Of("/instrument", "There is no such instrument or version here.");
            return null;
        }

        return instrument;
    }
}
