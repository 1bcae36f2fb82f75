using System.Text.Json;

namespace ClientVoice.Instruments.Schema;

/// <summary>One compiled (sub)schema. The compiler fills it once; from then on it never changes.</summary>
/// <param name="resource">The schema resource (nearest <c>$id</c>) it belongs to.</param>
/// <param name="location">Its URI with a JSON pointer as fragment.</param>
internal sealed class SchemaNode(SchemaResource resource, string location)
{
    private Keyword[] keywords = [];
    private bool refusesAll;
    private bool asksWhatWasSeen;

    public string Location { get; } = location;

    /// <summary>Called once, by the compiler: <c>true</c>, <c>false</c> or an object's keywords in the order in which they run.</summary>
    internal void Fill(bool refuses, IReadOnlyList<Keyword> inOrder)
    {
        refusesAll = refuses;
        keywords = [.. inOrder];
        asksWhatWasSeen = keywords.Any(keyword => keyword.AsksWhatWasSeen);
    }

    /// <summary>Whether the instance is valid.</summary>
    /// <param name="seen">Filled with what was looked at where the instance is valid; null where nobody asks.</param>
    /// <param name="by">The keyword that led here: the schema <c>false</c> has none of its own to name.</param>
    public bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen, Keyword? by)
    {
        var entered = run.Enter(this);
        var valid = entered && (refusesAll ? Refuse(run, by) : EvaluateKeywords(instance, run, seen));
        run.Leave();
        return valid && !run.Stopped;
    }

    private bool EvaluateKeywords(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        // A tracker of its own: unevaluated… must not see what stands beside this schema, only what is in it.
        var own = seen is not null || asksWhatWasSeen ? new Evaluated() : null;
        var pushed = run.Push(resource);
        var valid = true;
        foreach (var keyword in keywords)
        {
            // What a schema that failed looked at is unknown: asking then would only add faults that are none.
            valid &= (keyword.AsksWhatWasSeen && !valid) || keyword.Evaluate(instance, run, own);
            if (run.Stopped || (!valid && !run.Collecting))
            {
                break;
            }
        }

        if (pushed)
        {
            run.Pop();
        }

        if (valid && own is not null)
        {
            seen?.Add(own);
        }

        return valid;
    }

    private static bool Refuse(Evaluation run, Keyword? by) => by is not null && run.Fail(by, by.WhenRefused);
}
