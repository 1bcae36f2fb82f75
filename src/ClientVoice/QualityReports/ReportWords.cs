namespace ClientVoice.QualityReports;

/// <summary>The texts of a report by part, as Markdown. An empty text is no text.</summary>
internal sealed class ReportWords(IReadOnlyDictionary<string, WrittenText> texts)
{
    public const string Introduction = "introduction";
    public const string Ahead = "ahead";

    /// <summary>What the client council says; never mixed with the officer's own words.</summary>
    public const string Council = "council";

    public static readonly ReportWords None = new(new Dictionary<string, WrittenText>());

    public string? this[string part] => texts.TryGetValue(part, out var text) && text.Markdown.Length > 0 ? text.Markdown : null;

    /// <summary>The version of a text; 0 where nothing was written yet.</summary>
    public int VersionOf(string part) => texts.TryGetValue(part, out var text) ? text.Version : 0;

    /// <summary>The officer's words about a group.</summary>
    public static string Group(Guid id) => $"group/{id:D}";

    /// <summary>What was done to hear a group.</summary>
    public static string Heard(Guid id) => $"heard/{id:D}";
}

/// <summary>One text.</summary>
internal sealed record WrittenText(string Markdown, int Version);
