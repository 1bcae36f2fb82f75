namespace ClientVoice.Instruments.Schema;

/// <summary>Why an instance is not valid.</summary>
/// <param name="InstancePointer">JSON pointer to the value that was refused.</param>
/// <param name="Keyword">The keyword that refused it; <c>evaluation</c> where the run itself was stopped.</param>
/// <param name="SchemaLocation">The keyword's place: the schema's URI with a JSON pointer as fragment.</param>
/// <param name="Text">What is wrong, one English sentence without the value: it may be personal.</param>
internal sealed record SchemaError(string InstancePointer, string Keyword, string SchemaLocation, string Text);

/// <summary>Why a schema cannot be used.</summary>
/// <param name="Pointer">JSON pointer from the root of the schema document.</param>
/// <param name="Code">Stable, kebab-case: <c>schema-not-valid</c>, <c>reference-missing</c> or <c>too-deep</c>.</param>
/// <param name="Text">What is wrong and what to do.</param>
/// <param name="Document">The URI of the document in which <paramref name="Pointer"/> points.</param>
internal sealed record SchemaFault(string Document, string Pointer, string Code, string Text);

/// <summary>What came of compiling: a schema, or the faults that stood in its way.</summary>
internal sealed record SchemaCompilation(CompiledSchema? Schema, IReadOnlyList<SchemaFault> Faults);
