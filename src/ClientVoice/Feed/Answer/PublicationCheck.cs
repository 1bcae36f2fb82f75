using System.Security.Cryptography;
using System.Text;
using ClientVoice.Access;
using ClientVoice.Feed.Request;
using ClientVoice.Outcomes;
using ClientVoice.Problems;
using Microsoft.AspNetCore.Http.Extensions;

namespace ClientVoice.Feed.Answer;

/// <summary>Which publication is read, and what the reader may keep of it.</summary>
internal sealed class PublicationCheck(HttpContext context, IPublications publications)
{
    /// <summary>The newest publication.</summary>
    /// <exception cref="ProblemException">There is none yet.</exception>
    public async Task<Publication> CurrentAsync() =>
        await publications.CurrentAsync(context.RequestAborted) ?? throw new ProblemException(ProblemKinds.NothingPublished);

    /// <summary>A publication that a reader began with.</summary>
    /// <exception cref="ProblemException">It is gone.</exception>
    public async Task<Publication> StillThereAsync(int number) =>
        await publications.FindAsync(number, context.RequestAborted) ?? throw new ProblemException(ProblemKinds.PublicationGone);

    /// <summary>Gives the answer its tag; true where the reader has this answer and needs no other.</summary>
    public bool IsKnown(Publication publication, FeedReader reader, string form, int page, FeedAnswer answer)
    {
        // What the same address can differ by: the figures, the reader's places and groups, the form, and for who asks for it the day.
        var day = answer.Request.Options.AskForNow ? answer.Now.Date.DayOfYear : 0;
        var about = string.Join('\n', publication.Sha256, string.Join(',', reader.Places), string.Join(',', reader.Groups), context.Request.GetEncodedPathAndQuery(), form, page, day);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(about));
        var tag = $"W/\"{publication.Number}-{Convert.ToHexStringLower(hash.AsSpan(0, 8))}\"";
        var headers = context.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = "private, no-cache";
        headers.Vary = $"Accept, Accept-Encoding, Authorization, OData-MaxVersion, Prefer, {FeedSignIn.KeyHeader}";
        if (!FeedHeaders.Matches(context.Request.Headers.IfNoneMatch, tag))
        {
            return false;
        }

        headers["OData-Version"] = answer.Request.Version;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
