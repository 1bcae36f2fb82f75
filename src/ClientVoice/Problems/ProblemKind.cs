// Every error that leaves the house stands here once, with its stable code: a client may branch on
// the code, never on the text. The wire form (problem document, OData, page) is made elsewhere.
namespace ClientVoice.Problems;

/// <summary>One kind of error.</summary>
/// <param name="Code">Stable, kebab-case; part of the contract.</param>
/// <param name="Status">The HTTP status it travels with.</param>
/// <param name="Title">One English sentence without data.</param>
internal sealed record ProblemKind(string Code, int Status, string Title);

/// <summary>One thing that is wrong in the input.</summary>
/// <param name="Pointer">Where: a JSON pointer, a column or a parameter name.</param>
/// <param name="Reason">What is wrong, without repeating the value: it may be personal.</param>
internal sealed record Fault(string Pointer, string Reason);

/// <summary>The catalogue.</summary>
internal static class ProblemKinds
{
    public static readonly ProblemKind Unexpected = new("unexpected", 500, "Something went wrong on our side; nothing was stored.");
    public static readonly ProblemKind StorageUnavailable = new("storage-unavailable", 503, "The database cannot be reached or written at this moment; nothing was stored. Try again later.");
    public static readonly ProblemKind ClientKeyGone = new("client-key-gone", 503, "The key of this client is not in the folder of keys: nothing about them can be read or stored until it is put back.");
    public static readonly ProblemKind Overloaded = new("overloaded", 503, "There is more to do than the service can at this moment, or it is stopping; nothing was stored. Try again later.");
    public static readonly ProblemKind NotFound = new("not-found", 404, "This address leads nowhere.");
    public static readonly ProblemKind SignInNeeded = new("sign-in-needed", 401, "Sign in first.");
    public static readonly ProblemKind SignInFailed = new("sign-in-failed", 401, "The e-mail address or the password is not right.");
    public static readonly ProblemKind SecondStepNeeded = new("second-step-needed", 401, "A code of the second step is needed.");
    public static readonly ProblemKind SecondStepFailed = new("second-step-failed", 401, "The code is not right, or was used already.");
    public static readonly ProblemKind TabletNotPaired = new("tablet-not-paired", 403, "This tablet is not paired, or was put out of use.");
    public static readonly ProblemKind PairingFailed = new("pairing-failed", 422, "The code is not right, was used already, or is too old.");
    public static readonly ProblemKind TooManyAttempts = new("too-many-attempts", 429, "Too many attempts; wait a little.");
    public static readonly ProblemKind NotAllowed = new("not-allowed", 403, "Your role does not allow this.");
    public static readonly ProblemKind HeaderMissing = new("header-missing", 403, "The header X-ClientVoice is missing.");
    public static readonly ProblemKind NotJson = new("not-json", 400, "The body is not a JSON document.");
    public static readonly ProblemKind MediaType = new("media-type", 415, "The body must be application/json.");
    public static readonly ProblemKind TooLarge = new("too-large", 413, "The body is larger than allowed.");
    public static readonly ProblemKind BadRequest = new("bad-request", 400, "The request is not well formed.");
    public static readonly ProblemKind ParameterUnknown = new("parameter-unknown", 400, "A parameter is not known here.");
    public static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", 405, "This address does not take this method.");
    public static readonly ProblemKind ConversationNotValid = new("conversation-not-valid", 422, "The conversation is not valid; nothing was stored.");
    public static readonly ProblemKind ConversationDiffers = new("conversation-differs", 409, "Another conversation is stored under this id.");
    public static readonly ProblemKind ConversationErased = new("conversation-erased", 410, "This conversation was erased and cannot be sent again.");
    public static readonly ProblemKind AnonymousNotOffered = new("anonymous-not-offered", 422, "This cannot be answered without a name.");
    public static readonly ProblemKind AnonymousGiven = new("anonymous-given", 409, "A permission to answer without a name was given already for this quarter.");
    public static readonly ProblemKind AnonymousPermission = new("anonymous-permission", 403, "This permission to answer without a name does not hold.");
    public static readonly ProblemKind HandOverUnreadable = new("hand-over-unreadable", 422, "This was not put away for this service; nothing was stored.");
    public static readonly ProblemKind InstrumentUnknown = new("instrument-unknown", 404, "There is no such instrument or version.");
    public static readonly ProblemKind SymbolUnknown = new("symbol-unknown", 404, "There is no such picture.");
    public static readonly ProblemKind RecordingUnknown = new("recording-unknown", 404, "There is no such recording.");
    public static readonly ProblemKind ChoiceNotValid = new("choice-not-valid", 422, "This choice cannot be made.");
    public static readonly ProblemKind NothingPublished = new("nothing-published", 404, "Nothing has been published yet.");
    public static readonly ProblemKind ReportFrozen = new("report-frozen", 409, "This report is frozen; nothing in it changes any more.");
    public static readonly ProblemKind ReportFileNotReady = new("report-file-not-ready", 409, "This file has not been made yet; look again in a minute.");
    public static readonly ProblemKind LinkGone = new("link-gone", 404, "This link does not lead anywhere (any more). Ask for a new one.");
    public static readonly ProblemKind QueryNotValid = new("query-not-valid", 400, "The query is not valid.");
    public static readonly ProblemKind QueryNotSupported = new("query-not-supported", 501, "This part of OData is not supported.");
    public static readonly ProblemKind QueryTooLarge = new("query-too-large", 400, "The query is larger than allowed.");
    public static readonly ProblemKind TooManyRequests = new("too-many-requests", 429, "This key asks too much at once; wait a little.");
    public static readonly ProblemKind DependencyFailed = new("dependency-failed", 424, "A request that this one depends on failed.");
    public static readonly ProblemKind PublicationGone = new("publication-gone", 410, "The publication this page belongs to is gone; start again.");
    public static readonly ProblemKind VersionNotSupported = new("version-not-supported", 400, "This OData version is not supported.");
    public static readonly ProblemKind FormatNotSupported = new("format-not-supported", 406, "This format is not supported.");
}

/// <summary>Thrown where input or state does not allow what was asked; becomes the wire form in one place.</summary>
internal class ProblemException(ProblemKind kind, string? detail = null, IReadOnlyList<Fault>? faults = null)
    : Exception(detail ?? kind.Title)
{
    public ProblemKind Kind { get; } = kind;

    /// <summary>What exactly, in a sentence, without personal data.</summary>
    public string? Detail { get; } = detail;

    public IReadOnlyList<Fault> Faults { get; } = faults ?? [];

    /// <summary>After how long it is of use to ask again; null where that is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
