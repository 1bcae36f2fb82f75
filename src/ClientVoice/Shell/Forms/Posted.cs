// What somebody typed in a form, read field by field. What is wrong is kept with its field, and what was typed is shown
// again: nobody types a form twice.
using System.Globalization;
using System.Text;

namespace ClientVoice.Shell.Forms;

/// <summary>A form as it came in, or one that has not been sent yet.</summary>
public sealed class Posted
{
    /// <summary>As long as any single line of a form may be.</summary>
    public const int LongestLine = 200;

    private readonly IFormCollection? form;
    private readonly Language l;
    private readonly List<KeyValuePair<string, string>> faults = [];

    /// <param name="context">Of the request; a request that is not a form gives an empty one.</param>
    /// <param name="language">For the faults.</param>
    /// <param name="handler">Where a page has several forms, the name of this one: what another of them sent says nothing of it.</param>
    public Posted(HttpContext context, Language language, string? handler = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        l = language;
        form = HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType && (handler is null || context.Request.Form["_handler"] == handler)
            ? context.Request.Form
            : null;
    }

    /// <summary>Whether anything was sent.</summary>
    public bool IsSent => form is not null;

    /// <summary>The faults found so far: field and text, in the order of the form.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Faults => faults;

    /// <summary>Whether nothing is wrong so far.</summary>
    public bool IsGood => faults.Count == 0;

    /// <summary>The value as typed; null where the field was not sent.</summary>
    public string? Raw(string name) => form is not null && form.TryGetValue(name, out var values) ? values[0] : null;

    /// <summary>What the field shows: what was typed, else <paramref name="kept"/>.</summary>
    public string? Shown(string name, string? kept) => Raw(name) ?? kept;

    /// <summary>Whether a box with this value is ticked: as typed where the form was sent, else as kept.</summary>
    public bool Ticked(string name, string value, IEnumerable<string> kept) => form is null ? kept.Contains(value) : form[name].Contains(value);

    /// <summary>Notes that something is wrong with a field; the first fault of a field counts.</summary>
    public void Fault(string name, string text)
    {
        if (FaultOf(name) is null)
        {
            faults.Add(new(name, text));
        }
    }

    /// <summary>What is wrong with a field; null where nothing is.</summary>
    public string? FaultOf(string name) => faults.FirstOrDefault(f => f.Key == name).Value;

    /// <summary>One line of text: trimmed, composed, without characters that cannot be seen. Empty where nothing was typed.</summary>
    /// <param name="needed">What to say where it is empty; null where it may be.</param>
    public string Line(string name, string? needed = null, int longest = LongestLine)
    {
        var text = (Raw(name) ?? "").Trim();
        if (text.Length == 0)
        {
            if (needed is not null)
            {
                Fault(name, needed);
            }

            return "";
        }

        if (Unseen(text))
        {
            Fault(name, l["Hier staan tekens in die niet te zien zijn. Typ het opnieuw.", "There are characters in this that cannot be seen. Type it again."]);
            return "";
        }

        if (text.Length > longest)
        {
            Fault(name, l[$"Dit is te lang: hoogstens {longest} tekens.", $"This is too long: {longest} characters at most."]);
        }

        return text.Normalize(NormalizationForm.FormC);
    }

    /// <summary>A day; null where nothing was typed or it cannot be read (which is then a fault).</summary>
    /// <param name="needed">What to say where it is empty; null where it may be.</param>
    public DateOnly? Day(string name, string? needed = null)
    {
        var text = (Raw(name) ?? "").Trim();
        if (text.Length == 0)
        {
            if (needed is not null)
            {
                Fault(name, needed);
            }

            return null;
        }

        if (DateOnly.TryParseExact(text, ["yyyy-MM-dd", "d-M-yyyy", "d/M/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        Fault(name, l["Deze datum kan niet worden gelezen. Schrijf dag-maand-jaar, zoals 31-12-2026.", "This date cannot be read. Write day-month-year, such as 31-12-2026."]);
        return null;
    }

    /// <summary>A whole number; null where nothing was typed or it lies outside the bounds (which is then a fault).</summary>
    public int? Number(string name, int from, int to)
    {
        var text = (Raw(name) ?? "").Trim();
        if (text.Length == 0)
        {
            return null;
        }

        if (text.Length < 10 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to)
        {
            return number;
        }

        Fault(name, l[$"Dit moet een getal zijn van {from} tot en met {to}.", $"This must be a number from {from} to {to}."]);
        return null;
    }

    /// <summary>One of the values that the form offers.</summary>
    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> offered, string? needed)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(offered);
        if (Raw(name) is { Length: > 0 } value)
        {
            if (offered.TryGetValue(value, out var chosen))
            {
                return chosen;
            }

            Fault(name, l["Dit kan (niet meer) worden gekozen.", "This cannot be chosen (any more)."]);
        }
        else if (needed is not null)
        {
            Fault(name, needed);
        }

        return null;
    }

    /// <summary>The ticked values, of those that the form offers.</summary>
    public IReadOnlyList<string> Many(string name, IReadOnlyCollection<string> offered, string? needed = null)
    {
        List<string> ticked = form is null ? [] : [.. form[name].OfType<string>().Where(offered.Contains).Distinct()];
        if (ticked.Count == 0 && needed is not null)
        {
            Fault(name, needed);
        }

        return ticked;
    }

    /// <summary>Whether a text holds characters that steer rather than show: they can make one name look like another.</summary>
    public static bool Unseen(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
    }
}
