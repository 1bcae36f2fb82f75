// One run of a schema over one instance: where it is, what it found, and when it must stop. Every way in
// which a hostile schema or instance could keep it busy ends here, in Stop.
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace ClientVoice.Instruments.Schema;

/// <summary>The state of one run; never shared between threads.</summary>
/// <param name="collects">False where only the verdict is asked: then the first failure ends a schema.</param>
internal sealed class Evaluation(bool collects)
{
    /// <summary>Deeper than any answers object, shallow enough for the stack.</summary>
    public const int DeepestInstance = 64;

    // A step is one schema against one value. High enough for a file of 1 MB against a meta-schema, low
    // enough that schemas that multiply themselves end within seconds.
    private const int MostSteps = 4_000_000;

    // Schemas nested in each other around one value: beyond this it can only be a reference loop.
    private const int MostNested = 512;

    private const int MostErrors = 100;

    private readonly List<SchemaError> errors = [];
    private readonly List<PathStep> path = [];
    private readonly List<SchemaResource> scope = [];
    private int steps;
    private int nested;
    private int quiet;
    private SchemaError? stop;

    /// <summary>Whether the run was ended before it had a verdict; the instance is then not valid.</summary>
    public bool Stopped => stop is not null;

    /// <summary>Whether failures are written down; false inside <c>anyOf</c>, <c>not</c> and the like.</summary>
    public bool Collecting => collects && quiet == 0;

    /// <summary>What was found; after a stop only the reason for it.</summary>
    public IReadOnlyList<SchemaError> Errors => stop is null ? errors : [stop];

    /// <summary>Begins a schema; false where the run stops. Pair with <see cref="Leave"/>.</summary>
    public bool Enter(SchemaNode node)
    {
        nested++;
        if (++steps > MostSteps)
        {
            return Stop(node.Location, "Checking this takes more work than any instrument needs.");
        }

        if (nested > MostNested || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return Stop(node.Location, "The schema refers to itself without end.");
        }

        if (path.Count > DeepestInstance)
        {
            return Stop(node.Location, $"The value is nested deeper than {DeepestInstance} levels.");
        }

        return !Stopped;
    }

    public void Leave() => nested--;

    /// <summary>Writes down a failure; always false, so that a keyword can return it.</summary>
    public bool Fail(Keyword keyword, string text)
    {
        if (Collecting && errors.Count < MostErrors)
        {
            errors.Add(new SchemaError(Pointer(), keyword.Name, keyword.Location, text));
        }

        return false;
    }

    /// <summary>Ends the run: whatever <c>not</c> or <c>anyOf</c> stand above, the verdict is not valid.</summary>
    public bool Stop(string location, string text)
    {
        stop ??= new SchemaError(Pointer(), "evaluation", location, text);
        return false;
    }

    /// <summary>Runs a subschema whose failures say nothing by themselves.</summary>
    public bool Quietly(SchemaNode node, JsonElement instance, Evaluated? seen)
    {
        quiet++;
        var valid = node.Evaluate(instance, this, seen, null);
        quiet--;
        return valid;
    }

    /// <summary>Runs a subschema against a member.</summary>
    public bool At(string name, SchemaNode node, JsonElement value, Keyword by)
    {
        path.Add(new PathStep(name, 0));
        var valid = node.Evaluate(value, this, null, by);
        path.RemoveAt(path.Count - 1);
        return valid;
    }

    /// <summary>Runs a subschema against an item.</summary>
    public bool At(int index, SchemaNode node, JsonElement value, Keyword by)
    {
        path.Add(new PathStep(null, index));
        var valid = node.Evaluate(value, this, null, by);
        path.RemoveAt(path.Count - 1);
        return valid;
    }

    /// <summary>Puts a schema resource on the dynamic scope; false where it is already on top.</summary>
    public bool Push(SchemaResource resource)
    {
        if (scope.Count > 0 && ReferenceEquals(scope[^1], resource))
        {
            return false;
        }

        scope.Add(resource);
        return true;
    }

    public void Pop() => scope.RemoveAt(scope.Count - 1);

    /// <summary>The outermost schema in scope with this <c>$dynamicAnchor</c>, or null.</summary>
    public SchemaNode? Outermost(string anchor)
    {
        foreach (var resource in scope)
        {
            if (resource.DynamicAnchors.TryGetValue(anchor, out var node))
            {
                return node;
            }
        }

        return null;
    }

    private string Pointer()
    {
        var pointer = new StringBuilder();
        foreach (var step in path)
        {
            pointer.Append('/');
            _ = step.Name is null ? pointer.Append(step.Index) : pointer.Append(JsonPointer.Escape(step.Name));
        }

        return pointer.ToString();
    }

    private readonly record struct PathStep(string? Name, int Index);
}
