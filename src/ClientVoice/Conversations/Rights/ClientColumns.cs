using ClientVoice.Access;

namespace ClientVoice.Conversations.Rights;

/// <summary>A table with cipher text about clients.</summary>
/// <param name="Keys">The columns of its primary key.</param>
/// <param name="Columns">The columns of cipher text, and of which kind it is.</param>
/// <param name="OfClient">SQL: which rows are about the client <c>@client</c>.</param>
internal sealed record ClientColumns(string Table, IReadOnlyList<string> Keys, IReadOnlyList<(string Column, SecretKind Kind)> Columns, string OfClient)
{
    private const string ByClient = "ClientId = @client", ByConversation = "ConversationId IN (SELECT v.Id FROM Conversation v WHERE v.ClientId = @client)";

    /// <summary>
    /// All of them; a test compares them with the schema. A conversation stands before its former versions, which are copied from it: whatever
    /// is corrected meanwhile is found there.
    /// </summary>
    public static readonly IReadOnlyList<ClientColumns> All =
    [
        new("Client", ["Id"], [("NameSecret", SecretKind.Name), ("ShortNameSecret", SecretKind.Name)], "Id = @client"),
        new("ClientNumber", ["ClientId"], [("NumberSecret", SecretKind.Name)], ByClient),
        new("ClientRepresentative", ["ClientId", "Position"], [("NameSecret", SecretKind.Name)], ByClient),
        new("Conversation", ["Id"], [("DocumentSecret", SecretKind.Document)], ByClient),
        new("FormerConversation", ["Id"], [("ReasonSecret", SecretKind.Words), ("DocumentSecret", SecretKind.Document)], ByConversation),
        new("Answer", ["ConversationId", "QuestionId", "Position"], [("TextSecret", SecretKind.Words), ("WordsSecret", SecretKind.Words)], ByConversation),
        new("Quote", ["ConversationId", "QuestionId"], [("TextSecret", SecretKind.Words)], ByConversation),
        new("Agreement", ["Id"], [("WhatSecret", SecretKind.Words), ("NameSecret", SecretKind.Name), ("NotDoneReasonSecret", SecretKind.Words)], ByClient),
        new("SideBySide", ["Id"], [("DocumentSecret", SecretKind.Document)], ByClient),
        new("DuePlan", ["Id"], [("ReasonSecret", SecretKind.Words)], ByClient),
        new("EmergencyAccess", ["Id"], [("ReasonSecret", SecretKind.Words)], ByClient),
        new("DeskChange", ["Id"], [("BeforeSecret", SecretKind.Change)], "Subject = 'client' AND SubjectId = @client"),
    ];
}
