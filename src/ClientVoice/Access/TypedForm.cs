// Somebody types for an hour, is signed out meanwhile, and sends: what was typed must not be gone. It is given back in a page that
// can send it again after signing in beside it. Nothing is kept here: the form goes to and fro.
using System.Text;
using System.Text.Encodings.Web;
using ClientVoice.Problems;

namespace ClientVoice.Access;

/// <summary>Gives a form back to somebody who was signed out while filling it in.</summary>
internal static class TypedForm
{
    // A report's longest text fits several times.
    private const int Longest = 200_000;

    /// <summary>Whether a request is a form of one of our own pages, with something typed.</summary>
    public static bool IsOne(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && string.Equals(request.ContentType?.Split(';')[0].Trim(), "application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
        && request.ContentLength is > 0 and < Longest
        // Another site's form is not given back. An older browser does not say where a form comes from; its token still has to fit.
        && request.Headers["Sec-Fetch-Site"].ToString() is "same-origin" or "";

    /// <summary>Answers with the form. Its own token is in it: only what a page of ours asked for can be sent again.</summary>
    public static async Task WriteAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var html = HtmlEncoder.Default;
        var dutch = ProblemPage.IsDutch(context);
        var fields = new StringBuilder();
        // A password does not stand in a page, not even for a minute: it is asked again.
        foreach (var (name, values) in form.Where(f => !f.Key.Contains("password", StringComparison.OrdinalIgnoreCase)))
        {
            foreach (var value in values)
            {
                fields.Append("<input type=\"hidden\" name=\"").Append(html.Encode(name)).Append("\" value=\"").Append(html.Encode(value ?? "")).Append("\" />");
            }
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        await ProblemPage.WriteAsync(
            context, dutch ? "U bent uitgelogd, uw tekst is er nog" : "You are signed out, your text is still here",
            $"""
            <p>{html.Encode(dutch ? "Wat u invulde is nog niet bewaard, en nog niet weg. Sluit deze pagina niet." : "What you filled in is not kept yet, and not gone yet. Do not close this page.")}</p>
            <ol><li><a href="/sign-in" target="_blank" rel="noopener">{html.Encode(dutch ? "Log in op een nieuw tabblad" : "Sign in on a new tab")}</a>, {html.Encode(dutch ? "met dezelfde naam." : "with the same name.")}</li>
            <li>{html.Encode(dutch ? "Kom hier terug en verstuur het opnieuw." : "Come back here and send it again.")}</li></ol>
            <form method="post" action="{html.Encode(context.Request.PathBase + context.Request.Path + context.Request.QueryString)}">{fields}<button type="submit">{html.Encode(dutch ? "Verstuur opnieuw" : "Send again")}</button></form>
            """);
    }
}
