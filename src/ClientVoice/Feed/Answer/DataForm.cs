using System.Text.Json;

namespace ClientVoice.Feed.Answer;

/// <summary>How much an answer says about itself.</summary>
internal enum MetadataLevel
{
    None,
    Minimal,
    Full,
}

/// <summary>The form of rows in JSON.</summary>
/// <param name="MediaType">As ODataLib has it.</param>
/// <param name="Version">4.0, or 4.01 in which the names of what an answer says about itself have no prefix.</param>
/// <param name="WideNumbersAsText">Whole numbers that JavaScript cannot hold are texts.</param>
internal sealed record DataForm(string MediaType, MetadataLevel Level, string Version, bool WideNumbersAsText)
{
    /// <summary>The name of a piece of information about the answer: <c>@odata.count</c>, in 4.01 <c>@count</c>.</summary>
    public string Control(string name) => (Version == "4.0" ? "@odata." : "@") + name;

    /// <summary>The same about a property.</summary>
    public JsonEncodedText Control(string property, string name) => JsonEncodedText.Encode(property + Control(name));
}
