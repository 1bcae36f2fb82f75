using ClientVoice.Problems;

namespace ClientVoice.Feed.Query;

/// <summary>The ways to say no to a query.</summary>
internal static class Refusal
{
    /// <summary>It is OData, but not done here: 501, naming it.</summary>
    public static ProblemException NotSupported(string what) =>
        new(ProblemKinds.QueryNotSupported, $"{what} is not supported by this feed.", [new Fault(what, "Not supported.")]);

    /// <summary>It is wrong: 400, saying what.</summary>
    public static ProblemException NotValid(string where, string message) =>
        new(ProblemKinds.QueryNotValid, message, [new Fault(where, message)]);

    public static ProblemException TooLarge(string where, string message) =>
        new(ProblemKinds.QueryTooLarge, message, [new Fault(where, message)]);
}
