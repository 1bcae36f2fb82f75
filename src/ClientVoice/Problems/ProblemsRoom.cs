using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;

namespace ClientVoice.Problems;

/// <summary>Makes every failure of a request an answer in the form its caller can read.</summary>
internal static class ProblemsRoom
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly Meter Meter = new("ClientVoice.Problems");

    private static readonly Counter<long> Answered = Meter.CreateCounter<long>("clientvoice.problems", null, "Requests that were answered with a problem, by its code.");

    /// <summary>Catches what is thrown below; call it first in the pipeline.</summary>
    /// <param name="known">What a failure of something below comes down to; null where it is a surprise. It is logged all the same.</param>
    public static void UseProblems(this WebApplication app, Func<Exception, ProblemException?>? known = null)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => AnswerAsync(context, known),
            // A problem that we raised ourselves is an answer, not an accident: it is not logged as an error.
            SuppressDiagnosticsCallback = context => context.Exception is ProblemException or BadHttpRequestException or OperationCanceledException,
        });
        app.UseStatusCodePages(context => WriteAsync(context.HttpContext, ForStatus(context.HttpContext.Response.StatusCode), null, []));
    }

    /// <summary>Writes <paramref name="kind"/> as a problem document, as an OData error below /odata, or as a page.</summary>
    public static async Task WriteAsync(HttpContext context, ProblemKind kind, string? detail, IReadOnlyList<Fault> faults)
    {
        Answered.Add(1, new KeyValuePair<string, object?>("code", kind.Code));
        context.Response.StatusCode = kind.Status;
        if (kind.Status == StatusCodes.Status401Unauthorized && context.Request.Path.StartsWithSegments("/odata", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"ClientVoice\", charset=\"UTF-8\"";
        }

        if (context.Request.Path.StartsWithSegments("/odata", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers["OData-Version"] = "4.0";
            await WriteJsonAsync(context, ODataForm(kind, detail, faults), "application/json;odata.metadata=minimal");
        }
        else if (WantsPage(context))
        {
            await ProblemPage.WriteAsync(context, kind, detail);
        }
        else
        {
            await WriteJsonAsync(context, DocumentForm(context, kind, detail, faults), "application/problem+json");
        }
    }

    /// <summary>Writes a problem, with when to ask again.</summary>
    public static Task WriteAsync(HttpContext context, ProblemException problem)
    {
        if (problem.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return WriteAsync(context, problem.Kind, problem.Detail, problem.Faults);
    }

    private static async Task AnswerAsync(HttpContext context, Func<Exception, ProblemException?>? known)
    {
        try
        {
            await AnswerAsync(context, context.Features.Get<IExceptionHandlerFeature>()!.Error, known);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // A tablet whose network went away: thrown on, it would be logged as an error, twice.
        }
    }

    private static Task AnswerAsync(HttpContext context, Exception error, Func<Exception, ProblemException?>? known) =>
        error switch
        {
            ProblemException problem => WriteAsync(context, problem),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => WriteAsync(context, ProblemKinds.TooLarge, null, []),
            Microsoft.AspNetCore.Antiforgery.AntiforgeryValidationException => WriteAsync(context, ProblemKinds.BadRequest, "The form is too old; open the page again.", []),
            // The framework's text may quote the input, which may be personal: it stays here.
            BadHttpRequestException => WriteAsync(context, ProblemKinds.BadRequest, null, []),
            OperationCanceledException when context.RequestAborted.IsCancellationRequested => Task.CompletedTask,
            _ when known?.Invoke(error) is { } problem => WriteAsync(context, problem),
            _ => WriteAsync(context, ProblemKinds.Unexpected, null, []),
        };

    private static bool WantsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static ProblemKind ForStatus(int status) => status switch
    {
        401 => ProblemKinds.SignInNeeded,
        403 => ProblemKinds.NotAllowed,
        404 => ProblemKinds.NotFound,
        405 => ProblemKinds.MethodNotAllowed,
        413 => ProblemKinds.TooLarge,
        415 => ProblemKinds.MediaType,
        >= 500 => ProblemKinds.Unexpected,
        _ => ProblemKinds.BadRequest with { Status = status },
    };

    private static object DocumentForm(HttpContext context, ProblemKind kind, string? detail, IReadOnlyList<Fault> faults) => new
    {
        type = "https://clientvoice.example/problems/" + kind.Code,
        title = kind.Title,
        status = kind.Status,
        code = kind.Code,
        detail,
        faults = faults.Count == 0 ? null : faults,
        traceId = context.TraceIdentifier,
    };

    private static object ODataForm(ProblemKind kind, string? detail, IReadOnlyList<Fault> faults) => new
    {
        error = new
        {
            code = kind.Code,
            message = detail ?? kind.Title,
            details = faults.Count == 0 ? null : faults.Select(f => new { code = kind.Code, target = f.Pointer, message = f.Reason }),
        },
    };

    private static Task WriteJsonAsync(HttpContext context, object body, string contentType)
    {
        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = "no-store";
        return JsonSerializer.SerializeAsync(context.Response.Body, body, Json, context.RequestAborted);
    }
}
