// The feed's entity model, made from the published star: one source, so that what $metadata promises is what
// the SQL can read.
using ClientVoice.Outcomes;
using ClientVoice.Shell;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.V1;

namespace ClientVoice.Feed.Model;

/// <summary>The entity model of the published sets.</summary>
internal static class FeedModel
{
    public const string Namespace = "ClientVoice";

    /// <summary>The model; immutable once made.</summary>
    public static IEdmModel Edm { get; } = Build(PublishedModel.Sets);

    /// <summary>The published set that an entity type describes.</summary>
    public static PublishedSet SetOf(IEdmStructuredType type) =>
        PublishedModel.Sets.Single(s => s.Entity == ((IEdmNamedElement)type).Name);

    public static IEdmEntitySet EntitySet(PublishedSet set) => Edm.EntityContainer.FindEntitySet(set.Name);

    public static string TypeName(PublishedSet set) => $"{Namespace}.{set.Entity}";

    /// <summary>A column of a set, by its exact name.</summary>
    public static PublishedColumn Column(PublishedSet set, string name) => set.Columns.Single(c => c.Name == name);

    private static EdmModel Build(IReadOnlyList<PublishedSet> sets)
    {
        var model = new EdmModel();
        var container = new EdmEntityContainer(Namespace, "Feed");
        var types = sets.ToDictionary(s => s.Name, s => AddType(model, s));
        model.AddElement(container);
        var entitySets = sets.ToDictionary(s => s.Name, s => AddSet(model, container, s, types[s.Name]));
        foreach (var set in sets)
        {
            foreach (var reference in set.References)
            {
                var navigation = AddReference(types[set.Name], set, reference, types[reference.Target]);
                entitySets[set.Name].AddNavigationTarget(navigation, entitySets[reference.Target]);
                entitySets[reference.Target].AddNavigationTarget(navigation.Partner, entitySets[set.Name]);
            }
        }

        Capabilities.Annotate(model, container, entitySets);
        return model;
    }

    private static EdmEntityType AddType(EdmModel model, PublishedSet set)
    {
        var type = new EdmEntityType(Namespace, set.Entity);
        foreach (var column in set.Columns)
        {
            var property = type.AddStructuralProperty(column.Name, TypeOf(column));
            Describe(model, property, column.Label, Meaning.Of(set, column));
            if (column.Name == "Id")
            {
                type.AddKeys(property);
            }
        }

        model.AddElement(type);
        return type;
    }

    private static EdmEntitySet AddSet(EdmModel model, EdmEntityContainer container, PublishedSet set, EdmEntityType type)
    {
        var entitySet = container.AddEntitySet(set.Name, type);
        Describe(model, entitySet, set.Label, Meaning.Of(set));
        return entitySet;
    }

    // Both ways: from the fact to its dimension, and from the dimension back to its facts.
    private static EdmNavigationProperty AddReference(EdmEntityType type, PublishedSet set, PublishedReference reference, EdmEntityType target) =>
        type.AddBidirectionalNavigation(
            new EdmNavigationPropertyInfo
            {
                Name = reference.Name,
                Target = target,
                TargetMultiplicity = Column(set, reference.Column).Nullable ? EdmMultiplicity.ZeroOrOne : EdmMultiplicity.One,
                DependentProperties = [(IEdmStructuralProperty)type.FindProperty(reference.Column)],
                PrincipalProperties = target.Key(),
            },
            new EdmNavigationPropertyInfo
            {
                Name = Related.Of(PublishedModel.Set(reference.Target)).Single(r => r.Set == set && r.Reference == reference).Name,
                Target = type,
                TargetMultiplicity = EdmMultiplicity.Many,
            });

    // Without a qualifier in Dutch, the language of those who read the columns; English beside it.
    private static void Describe(EdmModel model, IEdmVocabularyAnnotatable target, LocalText label, LocalText meaning)
    {
        Annotate(model, target, CoreVocabularyModel.DescriptionTerm, null, label.Nl);
        Annotate(model, target, CoreVocabularyModel.DescriptionTerm, "en", label.In("en"));
        Annotate(model, target, CoreVocabularyModel.LongDescriptionTerm, null, meaning.Nl);
        Annotate(model, target, CoreVocabularyModel.LongDescriptionTerm, "en", meaning.In("en"));
    }

    private static void Annotate(EdmModel model, IEdmVocabularyAnnotatable target, IEdmTerm term, string? qualifier, string text)
    {
        var annotation = new EdmVocabularyAnnotation(target, term, qualifier, new EdmStringConstant(text));
        annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
        model.AddVocabularyAnnotation(annotation);
    }

    private static IEdmPrimitiveTypeReference TypeOf(PublishedColumn column) => column.Type switch
    {
        PublishedType.Text => EdmCoreModel.Instance.GetString(column.Nullable),
        PublishedType.Whole => EdmCoreModel.Instance.GetInt32(column.Nullable),
        PublishedType.Number => EdmCoreModel.Instance.GetDouble(column.Nullable),
        PublishedType.Flag => EdmCoreModel.Instance.GetBoolean(column.Nullable),
        PublishedType.Date => EdmCoreModel.Instance.GetDate(column.Nullable),
        PublishedType.Key => EdmCoreModel.Instance.GetGuid(column.Nullable),
    };
}
