using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Problems;

namespace ClientVoice.Feed.Request;

/// <summary>Puts what is read of the feed in the audit trail.</summary>
internal sealed class FeedTrail(IAuditTrail trail)
{
    /// <summary>The action under which reads stand in the trail.</summary>
    public const string Action = "feed.read";

    /// <param name="path">What is read; without the query, in which a reader may write anything.</param>
    public void Read(HttpContext context, FeedReader reader, string path, string result) => trail.Soon(new AuditEvent(
        reader.IsPerson ? "person" : "key", reader.Id, Action, path, context.Connection.RemoteIpAddress?.ToString(), result));

    /// <summary>Somebody came with a key that opens nothing: never made, revoked or expired.</summary>
    public void Refused(HttpContext context) => trail.Soon(new AuditEvent(
        "key", null, "feed.refused", context.Request.Path, context.Connection.RemoteIpAddress?.ToString(), "401"));

    /// <summary>What became of a request that ended in an error.</summary>
    public static string ResultOf(Exception error) => error switch
    {
        ProblemException problem => problem.Kind.Status.ToString(CultureInfo.InvariantCulture),
        OperationCanceledException => "left",
        _ => "500",
    };
}
