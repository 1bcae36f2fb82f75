using System.Text.RegularExpressions;
using System.Xml;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using ClientVoice.Feed.Model;
using ClientVoice.Problems;

namespace ClientVoice.Feed.Request;

/// <summary>A request on the feed, checked as far as it can be without knowing what it is about.</summary>
/// <param name="Root">The feed's address, ending in a slash.</param>
/// <param name="Path">What comes after it, as it was sent (still escaped).</param>
/// <param name="Version">The answer's OData version.</param>
internal sealed partial record FeedRequest(Uri Root, string Path, QueryOptions Options, string Version, Preference? PageSize)
{
    /// <summary>Where the feed stands; ProblemsRoom writes errors below it in OData's form.</summary>
    public const string Prefix = "/odata";

    /// <exception cref="ProblemException">An option or a header is not known or not right.</exception>
    public static FeedRequest Read(HttpContext context)
    {
        var request = context.Request;
        var host = request.Host.HasValue ? request.Host.ToUriComponent() : "localhost";
        if (!Uri.TryCreate($"{request.Scheme}://{host}{request.PathBase.ToUriComponent()}{Prefix}/", UriKind.Absolute, out var root))
        {
            throw new ProblemException(ProblemKinds.BadRequest, "The Host header is not an address.");
        }

        return new FeedRequest(
            root,
            PathBelow(context),
            QueryOptions.Read(request.Query),
            FeedHeaders.Version(request.Headers),
            FeedHeaders.PageSize(request.Headers));
    }

    /// <summary>A parser of this request, as ODataLib sees it.</summary>
    public ODataUriParser Parser()
    {
        // The library takes no alias for a key: its value stands there instead.
        var path = KeyAlias().Replace(Path, m => Options[m.Groups[1].Value] is { } value ? $"({Uri.EscapeDataString(value)})" : m.Value);
        return new ODataUriParser(FeedModel.Edm, Root, new Uri(Root, path + Options.ForParser()))
        {
            Resolver = new FeedResolver(),
            EnableNoDollarQueryOptions = true,
        };
    }

    /// <summary>Durations may be written with or without their prefix (4.01).</summary>
    private sealed class FeedResolver : ODataUriResolver
    {
        public FeedResolver() => EnableCaseInsensitive = true;

        public override void PromoteBinaryOperandTypes(BinaryOperatorKind binaryOperatorKind, ref SingleValueNode leftNode, ref SingleValueNode rightNode, out IEdmTypeReference typeReference)
        {
            if (binaryOperatorKind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract && leftNode.TypeReference?.IsDate() == true
                && rightNode is ConstantNode { Value: string text } && text.StartsWith('P'))
            {
                rightNode = new ConstantNode(XmlConvert.ToTimeSpan(text), $"duration'{text}'", EdmCoreModel.Instance.GetDuration(false));
            }

            base.PromoteBinaryOperandTypes(binaryOperatorKind, ref leftNode, ref rightNode, out typeReference);
        }
    }

    [GeneratedRegex(@"\((?:Id=)?(@[A-Za-z0-9]+)\)")]
    private static partial Regex KeyAlias();

    // The path as it was sent: ASP.NET Core unescapes it, and a key may hold an escaped slash.
    private static string PathBelow(HttpContext context)
    {
        var request = context.Request;
        var start = request.PathBase.ToUriComponent() + Prefix;
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        raw = raw.Split('?', 2)[0];
        if (!raw.StartsWith(start, StringComparison.OrdinalIgnoreCase))
        {
            raw = UriHelper.BuildRelative(request.PathBase, request.Path);
        }

        return raw[start.Length..].TrimStart('/');
    }
}
