using System.Text.Encodings.Web;

namespace ClientVoice.Problems;

/// <summary>The page a person sees when something is wrong: what it is, and a way on.</summary>
internal static class ProblemPage
{
    public static Task WriteAsync(HttpContext context, ProblemKind kind, string? detail)
    {
        var (title, text, home) = Texts(kind, IsDutch(context));
        var html = HtmlEncoder.Default;
        return WriteAsync(
            context, title,
            $"""
            <p>{html.Encode(text)}</p>{(detail is null ? "" : $"<p class=\"quiet\">{html.Encode(detail)}</p>")}
            <p><a class="button" href="/">{html.Encode(home)}</a></p><p class="quiet">{html.Encode(kind.Code)} · {html.Encode(context.TraceIdentifier)}</p>
            """);
    }

    /// <summary>Whether this person reads Dutch.</summary>
    public static bool IsDutch(HttpContext context) => context.Request.Cookies["cv-language"] != "en";

    /// <summary>A page that stands without the desk around it.</summary>
    /// <param name="body">Below the title; encoded already.</param>
    public static Task WriteAsync(HttpContext context, string title, string body)
    {
        var html = HtmlEncoder.Default;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="{(IsDutch(context) ? "nl" : "en")}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{html.Encode(title)} - ClientVoice</title><link rel="stylesheet" href="/shell.css"></head>
            <body class="plain"><main class="card narrow"><p class="eyebrow">ClientVoice</p><h1>{html.Encode(title)}</h1>
            {body}</main></body></html>
            """,
            context.RequestAborted);
    }

    private static (string Title, string Text, string Home) Texts(ProblemKind kind, bool dutch) => (kind.Status, dutch) switch
    {
        (404, true) => ("Niet gevonden", "Deze pagina bestaat niet (meer).", "Naar het begin"),
        (404, false) => ("Not found", "This page does not exist (any more).", "To the start"),
        (403, true) => ("Geen toegang", "Uw rol geeft geen toegang tot deze pagina.", "Naar het begin"),
        (403, false) => ("No access", "Your role gives no access to this page.", "To the start"),
        (>= 500, true) => ("Er ging iets mis", "Dat ligt aan ons. Er is niets half opgeslagen. Probeer het zo nog eens.", "Naar het begin"),
        (>= 500, false) => ("Something went wrong", "That is on our side. Nothing was half stored. Try again in a moment.", "To the start"),
        (_, true) => ("Dat lukt zo niet", "De aanvraag klopt niet. Ga terug en probeer het opnieuw.", "Naar het begin"),
        (_, false) => ("That does not work", "The request is not right. Go back and try again.", "To the start"),
    };
}
