// What the other rooms see of an instrument: its identity, its texts, and three verbs - validate, read, score.
using System.Text.Json;
using ClientVoice.Shell;

namespace ClientVoice.Instruments;

/// <summary>Which version of which instrument.</summary>
internal sealed record InstrumentKey(string Id, string Version)
{
    /// <summary>As used in publications and the feed: <c>mijn-verhaal@1.0</c>.</summary>
    public override string ToString() => $"{Id}@{Version}";
}

/// <summary>What can be chosen.</summary>
/// <param name="Code">As kept and exchanged.</param>
/// <param name="Text">As shown.</param>
/// <param name="Score">0-100, 100 best for the client; null where the option has none.</param>
internal sealed record Option(string Code, LocalText Text, double? Score)
{
    /// <summary>Of the ledger; null where the option has none.</summary>
    public string? Picture { get; init; }
}

/// <summary>How a question is answered.</summary>
internal enum AnswerKind
{
    /// <summary>One option.</summary>
    Choice,

    /// <summary>Several options.</summary>
    Choices,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Free text: encrypted before it is kept.</summary>
    Text,
}

/// <summary>One question.</summary>
internal sealed record Question(
    string Id,
    AnswerKind Kind,
    LocalText Text,
    string? Domain,
    string? WishOf,
    string? Role,
    IReadOnlyList<Option> Options)
{
    /// <summary>A high figure is bad news. <see cref="Options"/> have their scores turned around already.</summary>
    public bool Reversed { get; init; }

    /// <summary>It can touch someone.</summary>
    public bool Sensitive { get; init; }

    /// <summary>The question of an earlier version with which the trend goes on.</summary>
    public string? ComparableWith { get; init; }

    /// <summary>Under the question, for the client.</summary>
    public LocalText? Help { get; init; }

    /// <summary>For the worker, on demand, never read to the client.</summary>
    public LocalText? Tip { get; init; }

    /// <summary>Of the ledger; null where the question has none.</summary>
    public string? Picture { get; init; }

    /// <summary>What a number can be and how it scores; null where the answer is no number.</summary>
    public NumberRange? Range { get; init; }

    /// <summary>It is asked only after some answers (<c>visibleWhen</c>).</summary>
    public bool Conditional { get; init; }

    /// <summary>After which answers, where that is about one earlier question; null where it is not that simple.</summary>
    public ShownAfter? ShownAfter { get; init; }
}

/// <summary>What a number can be.</summary>
/// <param name="ScoreFrom">What scores 0; null where it is not scored.</param>
/// <param name="ScoreTo">What scores 100.</param>
internal sealed record NumberRange(double? Minimum, double? Maximum, double? ScoreFrom, double? ScoreTo);

/// <summary>The answers to one earlier question after which a question is asked.</summary>
internal sealed record ShownAfter(string QuestionId, IReadOnlyList<string> Codes);

/// <summary>A part of an instrument with a title of its own.</summary>
internal sealed record Section(string Id, LocalText Title, IReadOnlyList<string> Questions)
{
    /// <summary>Of the ledger; null where the section has none.</summary>
    public string? Picture { get; init; }
}

/// <summary>Two questions that mean the opposite: yes to both is a sign of saying yes to everything.</summary>
internal sealed record ReversedPair(string Question, string Reversed);

/// <summary>A group of questions that is scored together.</summary>
/// <param name="Id">Within the instrument.</param>
/// <param name="Title">As shown.</param>
/// <param name="Shared">The shared domain that makes instruments comparable (one of ten).</param>
internal sealed record ScoredDomain(string Id, LocalText Title, string Shared);

/// <summary>A scored question of a domain.</summary>
internal sealed record WeightedQuestion(string QuestionId, double Weight);

/// <summary>How a domain is scored: a weighted mean of its questions.</summary>
/// <param name="MaxMissing">How many may be without an answer.</param>
internal sealed record DomainRule(string DomainId, IReadOnlyList<WeightedQuestion> Questions, int MaxMissing);

/// <summary>For whom an instrument is made; empty lists mean no restriction.</summary>
internal sealed record Fit(
    IReadOnlyList<string> Communication,
    IReadOnlyList<string> Disability,
    IReadOnlyList<string> Setting,
    LocalText? Reason)
{
    /// <summary>What an instrument asks of a client: <c>reading</c>, <c>seeing</c>, <c>hearing</c>; empty where it does not say.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>From this age; null without a limit.</summary>
    public int? AgeFrom { get; init; }

    /// <summary>Up to and including this age; null without a limit.</summary>
    public int? AgeTo { get; init; }
}

/// <summary>Who recognised an instrument and until when (N22).</summary>
internal sealed record Recognition(string By, DateOnly Until);

/// <summary>Why an answers object is not valid.</summary>
/// <param name="Pointer">JSON pointer into the answers object.</param>
/// <param name="Reason">What is wrong; never the value itself.</param>
/// <param name="Keyword">The keyword that refused it.</param>
internal sealed record AnswerFault(string Pointer, string Reason, string Keyword);

/// <summary>One answer in typed form; several rows (by <paramref name="Position"/>) for several options.</summary>
/// <param name="Number">The figure; null where it is too large for a double.</param>
/// <param name="Score">As it counts: turned around at a reversed question, null at a hidden one.</param>
internal sealed record TypedAnswer(string QuestionId, int Position, string? OptionCode, double? Number, string? Text, double? Score);

/// <summary>The score of one domain.</summary>
/// <param name="DomainId">The instrument's domain.</param>
/// <param name="Score">0-100; null where too many answers are missing.</param>
internal sealed record DomainResult(string DomainId, double? Score, int Answered, int Missing);

/// <summary>What one question did to the score of a domain.</summary>
/// <param name="Answer">The option's code or the figure; null where there is no answer.</param>
/// <param name="Score">As it counts; null where there is none.</param>
/// <param name="Counted">Whether it is part of the mean.</param>
/// <param name="Why"><c>counted</c>, <c>hidden</c> (neither counted nor missing), <c>not-answered</c> or <c>no-score</c> (both missing).</param>
internal sealed record ScoreStep(string QuestionId, string? Answer, double? Score, double Weight, bool Reversed, bool Counted, string Why);

/// <summary>How the score of a domain came about.</summary>
/// <param name="Result">As <see cref="Instrument.Score"/> answers it.</param>
/// <param name="MaxMissing">How many may be missing.</param>
/// <param name="Steps">Every question of the domain.</param>
internal sealed record DomainTrace(DomainResult Result, int MaxMissing, IReadOnlyList<ScoreStep> Steps);

/// <summary>One version of an instrument, ready for use. Immutable and safe for concurrent use.</summary>
internal abstract class Instrument
{
    public abstract InstrumentKey Key { get; }

    /// <summary><c>plain-language</c>, <c>visual</c>, <c>observation</c> or <c>reflection</c>.</summary>
    public abstract string Kind { get; }

    /// <summary><c>client</c>, <c>team</c> or <c>location</c>.</summary>
    public abstract string Subject { get; }

    public abstract LocalText Title { get; }

    public abstract LocalText Purpose { get; }

    public abstract int Minutes { get; }

    public abstract IReadOnlyList<string> Languages { get; }

    /// <summary>Who can answer it, with how many are needed before it is final.</summary>
    public abstract IReadOnlyDictionary<string, int> Perspectives { get; }

    public abstract Fit Fit { get; }

    public abstract string Owner { get; }

    public abstract string Licence { get; }

    public abstract Recognition? Recognition { get; }

    /// <summary>In the order in which they are asked.</summary>
    public abstract IReadOnlyList<Question> Questions { get; }

    public abstract IReadOnlyList<ScoredDomain> Domains { get; }

    /// <summary>The compound document (file and scales) as served, UTF-8.</summary>
    public abstract ReadOnlyMemory<byte> Bundle { get; }

    /// <summary>SHA-256 of <see cref="Bundle"/>, lower hex.</summary>
    public abstract string Sha256 { get; }

    /// <summary>The faults of an answers object; empty where it is valid.</summary>
    public abstract IReadOnlyList<AnswerFault> Validate(JsonElement answers);

    /// <summary>A valid answers object as typed rows, in the order of the questions.</summary>
    public abstract IReadOnlyList<TypedAnswer> Read(JsonElement answers);

    /// <summary>The domain scores of a valid answers object. Hidden questions (<c>visibleWhen</c>) do not score.</summary>
    public abstract IReadOnlyList<DomainResult> Score(JsonElement answers);

    /// <summary>How each domain score came about; the same figures as <see cref="Score"/>.</summary>
    public virtual IReadOnlyList<DomainTrace> Explain(JsonElement answers) => [];

    public virtual IReadOnlyList<Section> Sections => [];

    /// <summary>How each of <see cref="Domains"/> is scored, in the same order.</summary>
    public virtual IReadOnlyList<DomainRule> Rules => [];

    public virtual IReadOnlyList<ReversedPair> Pairs => [];

    /// <summary>Whether the observers must have a different relation to the client.</summary>
    public virtual bool DifferentObservers => false;

    /// <summary>Its file is gone: conversations begun on it are still checked, new ones are not begun.</summary>
    public virtual bool Withdrawn => false;
}
