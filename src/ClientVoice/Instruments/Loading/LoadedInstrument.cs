using System.Text.Json;
using ClientVoice.Instruments.Schema;
using ClientVoice.Shell;

namespace ClientVoice.Instruments.Loading;

/// <summary>What a bundle says about an instrument.</summary>
internal sealed record InstrumentFacts(
    InstrumentKey Key,
    string Kind,
    string Subject,
    LocalText Title,
    LocalText Purpose,
    int Minutes,
    IReadOnlyList<string> Languages,
    IReadOnlyDictionary<string, int> Perspectives,
    Fit Fit,
    string Owner,
    string Licence,
    Recognition? Recognition,
    IReadOnlyList<Question> Questions,
    IReadOnlyList<ScoredDomain> Domains,
    IReadOnlyList<DomainRule> Rules,
    IReadOnlyList<Section> Sections,
    IReadOnlyList<ReversedPair> Pairs,
    bool DifferentObservers);

/// <summary>An instrument as it was loaded from a file or from the store.</summary>
internal sealed class LoadedInstrument(
    InstrumentFacts facts,
    byte[] bundle,
    string sha256,
    CompiledSchema schema,
    IReadOnlyDictionary<string, AnswerReader> readers,
    LoadedConditions conditions,
    Scoring scoring,
    bool withdrawn = false) : Instrument
{
    public override InstrumentKey Key => facts.Key;

    public override string Kind => facts.Kind;

    public override string Subject => facts.Subject;

    public override LocalText Title => facts.Title;

    public override LocalText Purpose => facts.Purpose;

    public override int Minutes => facts.Minutes;

    public override IReadOnlyList<string> Languages => facts.Languages;

    public override IReadOnlyDictionary<string, int> Perspectives => facts.Perspectives;

    public override Fit Fit => facts.Fit;

    public override string Owner => facts.Owner;

    public override string Licence => facts.Licence;

    public override Recognition? Recognition => facts.Recognition;

    public override IReadOnlyList<Question> Questions => facts.Questions;

    public override IReadOnlyList<ScoredDomain> Domains => facts.Domains;

    public override IReadOnlyList<DomainRule> Rules => facts.Rules;

    public override IReadOnlyList<Section> Sections => facts.Sections;

    public override IReadOnlyList<ReversedPair> Pairs => facts.Pairs;

    public override bool DifferentObservers => facts.DifferentObservers;

    public override bool Withdrawn => withdrawn;

    public override ReadOnlyMemory<byte> Bundle => bundle;

    public override string Sha256 => sha256;

    /// <summary>The same instrument, no longer for new conversations.</summary>
    public LoadedInstrument Withdraw() => new(facts, bundle, sha256, schema, readers, conditions, scoring, withdrawn: true);

    public override IReadOnlyList<AnswerFault> Validate(JsonElement answers) =>
        [.. schema.Validate(answers).Select(error => new AnswerFault(error.InstancePointer, error.Text, error.Keyword))];

    public override IReadOnlyList<TypedAnswer> Read(JsonElement answers) => [.. Questions.SelectMany(question => Read(question.Id, answers))];

    public override IReadOnlyList<DomainResult> Score(JsonElement answers) => scoring.Score(answers);

    public override IReadOnlyList<DomainTrace> Explain(JsonElement answers) => scoring.Explain(answers);

    private IEnumerable<TypedAnswer> Read(string questionId, JsonElement answers)
    {
        if (answers.Member(questionId) is not { } answer)
        {
            return [];
        }

        var rows = readers[questionId].Read(answer);
        return conditions.IsVisible(questionId, answers) ? rows : rows.Select(row => row with { Score = null });
    }
}
