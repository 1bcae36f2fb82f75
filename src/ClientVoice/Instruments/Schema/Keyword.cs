using System.Text.Json;

namespace ClientVoice.Instruments.Schema;

/// <summary>One keyword of one compiled schema: immutable, and a pure function of the instance.</summary>
internal abstract class Keyword(KeywordSite site)
{
    public string Name { get; } = site.Name;

    /// <summary>The schema's URI with a JSON pointer to this keyword as fragment.</summary>
    public string Location { get; } = site.Location;

    /// <summary>True for the two <c>unevaluated…</c> keywords.</summary>
    public virtual bool AsksWhatWasSeen => false;

    /// <summary>What to say where this keyword leads to the schema <c>false</c>.</summary>
    public virtual string WhenRefused => "Nothing is allowed here.";

    /// <summary>Whether the instance passes. A keyword for another type of value passes.</summary>
    /// <param name="seen">Where to write which members and items were looked at; null where nobody asks.</param>
    public abstract bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen);
}
