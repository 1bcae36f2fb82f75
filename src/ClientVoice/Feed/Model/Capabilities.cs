// What the feed can do, said in the words of OData's Capabilities vocabulary. Every list comes from the table that the
// reader of queries itself goes by, so that the promise cannot differ from what happens.
using ClientVoice.Feed.Query;
using ClientVoice.Feed.Request;
using ClientVoice.Outcomes;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.V1;

namespace ClientVoice.Feed.Model;

/// <summary>Annotates the model with what can be asked of it.</summary>
internal static class Capabilities
{
    private const string Vocabulary = "Org.OData.Capabilities.V1";
    private const string AggregationVocabulary = "Org.OData.Aggregation.V1";

    // The library does not bring the aggregation vocabulary; this is its one term that we use, by name.
    private static readonly EdmTerm ApplySupported = new(AggregationVocabulary, "ApplySupported", EdmCoreModel.Instance.GetUntyped());

    public static void Annotate(EdmModel model, EdmEntityContainer container, IReadOnlyDictionary<string, EdmEntitySet> sets)
    {
        model.SetEdmReferences(
        [
            Reference("https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Core.V1.xml", "Core", "Org.OData.Core.V1"),
            Reference("https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Capabilities.V1.xml", "Capabilities", Vocabulary),
            Reference("https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Aggregation.V1.xml", "Aggregation", AggregationVocabulary),
        ]);
        OfTheWhole(model, container);
        foreach (var set in PublishedModel.Sets)
        {
            OfASet(model, sets[set.Name], set);
        }
    }

    private static void OfTheWhole(EdmModel model, EdmEntityContainer container)
    {
        Add(model, container, CoreVocabularyModel.Instance.FindDeclaredTerm("Org.OData.Core.V1.ODataVersions"), new EdmStringConstant("4.01"));
        Add(model, container, "ConformanceLevel", new EdmEnumMemberExpression(Member(model, "ConformanceLevelType", "Intermediate")));
        Add(model, container, "SupportedFormats", Texts(["application/json;metadata=none", "application/json;metadata=minimal", "application/json;metadata=full"]));
        Add(model, container, "AcceptableEncodings", Texts(FeedRoom.Encodings));
        Add(model, container, "FilterFunctions", Texts(Functions.Names.Order(StringComparer.Ordinal)));
        Add(model, container, "AsynchronousRequestsSupported", new EdmBooleanConstant(false));
        Add(model, container, "CrossJoinSupported", new EdmBooleanConstant(false));
        Add(model, container, "KeyAsSegmentSupported", new EdmBooleanConstant(false));
        Add(model, container, "BatchSupported", new EdmBooleanConstant(true));
        Add(model, container, "BatchContinueOnErrorSupported", new EdmBooleanConstant(true));
        Add(model, container, "BatchSupport", Record(
            ("Supported", new EdmBooleanConstant(true)),
            ("ContinueOnErrorSupported", new EdmBooleanConstant(true)),
            ("ReferencesInRequestBodiesSupported", new EdmBooleanConstant(false)),
            ("ReferencesAcrossChangeSetsSupported", new EdmBooleanConstant(false)),
            ("EtagReferencesSupported", new EdmBooleanConstant(false)),
            ("RequestDependencyConditionsSupported", new EdmBooleanConstant(false)),
            ("SupportedFormats", Texts(["multipart/mixed", "application/json"]))));
    }

    private static void OfASet(EdmModel model, EdmEntitySet target, PublishedSet set)
    {
        var options = FeedEndpoint.ForRows;
        EdmBooleanConstant Does(string option) => new(options.Contains(option));
        Add(model, target, "TopSupported", Does("top"));
        Add(model, target, "SkipSupported", Does("skip"));
        Add(model, target, "ComputeSupported", Does("compute"));
        Add(model, target, "IndexableByKey", new EdmBooleanConstant(true));
        Add(model, target, "CountRestrictions", Record(("Countable", Does("count"))));
        Add(model, target, "SelectSupport", Record(("Supported", Does("select")), ("Expandable", new EdmBooleanConstant(false)), ("Filterable", new EdmBooleanConstant(false)), ("Searchable", new EdmBooleanConstant(false)), ("ComputeSupported", new EdmBooleanConstant(false))));
        Add(model, target, "FilterRestrictions", Record(("Filterable", Does("filter")), ("RequiresFilter", new EdmBooleanConstant(false)), ("MaxLevels", new EdmIntegerConstant(FeedLimits.PathSteps))));
        Add(model, target, "SortRestrictions", Record(("Sortable", Does("orderby"))));
        Add(model, target, "SearchRestrictions", Record(("Searchable", Does("search"))));
        Add(model, target, "ExpandRestrictions", Record(("Expandable", Does("expand")), ("StreamsExpandable", new EdmBooleanConstant(false)), ("MaxLevels", new EdmIntegerConstant(FeedLimits.ExpandDepth))));
        Add(model, target, "InsertRestrictions", Record(("Insertable", new EdmBooleanConstant(false))));
        Add(model, target, "UpdateRestrictions", Record(("Updatable", new EdmBooleanConstant(false))));
        Add(model, target, "DeleteRestrictions", Record(("Deletable", new EdmBooleanConstant(false))));
        Add(model, target, ApplySupported, Record(
            ("Transformations", Texts(Aggregates.Transformations)),
            ("Rollup", new EdmStringConstant("None")),
            ("From", new EdmBooleanConstant(false)),
            ("AggregatableProperties", new EdmCollectionExpression(set.Columns.Where(c => c.Additive).Select(c => Record(("Property", new EdmPropertyPathExpression(c.Name)), ("RecommendedAggregationMethod", new EdmStringConstant("sum"))))))));
    }

    private static EdmRecordExpression Record(params (string Name, IEdmExpression Value)[] properties) =>
        new(properties.Select(p => new EdmPropertyConstructor(p.Name, p.Value)));

    private static EdmCollectionExpression Texts(IEnumerable<string> texts) => new(texts.Select(t => new EdmStringConstant(t)));

    private static IEdmEnumMember Member(EdmModel model, string type, string name) =>
        ((IEdmEnumType)model.FindType($"{Vocabulary}.{type}")).Members.Single(m => m.Name == name);

    private static void Add(EdmModel model, IEdmVocabularyAnnotatable target, string term, IEdmExpression value) =>
        Add(model, target, model.FindTerm($"{Vocabulary}.{term}")
            ?? throw new InvalidOperationException($"The Capabilities vocabulary has no {term}."), value);

    private static void Add(EdmModel model, IEdmVocabularyAnnotatable target, IEdmTerm term, IEdmExpression value)
    {
        var annotation = new EdmVocabularyAnnotation(target, term, value);
        annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
        model.AddVocabularyAnnotation(annotation);
    }

    private static EdmReference Reference(string address, string alias, string vocabulary)
    {
        var reference = new EdmReference(new Uri(address));
        reference.AddInclude(new EdmInclude(alias, vocabulary));
        return reference;
    }
}
