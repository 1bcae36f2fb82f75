using System.Globalization;

namespace ClientVoice.Shell;

/// <summary>The language of this request: Dutch first, English when the person chose it.</summary>
public sealed class Language
{
    /// <summary>The cookie that holds the choice; not personal.</summary>
    internal const string Cookie = "cv-language";

    private static readonly CultureInfo Dutch = CultureInfo.GetCultureInfo("nl-NL");
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Dutch, where nobody chooses: what is read rather than shown.</summary>
    internal static readonly Language InDutch = new("nl");

    /// <summary>English, where nobody chooses: the terminal.</summary>
    internal static readonly Language InEnglish = new("en");

    /// <summary>As the person of this request chose.</summary>
    public Language(IHttpContextAccessor accessor)
        : this(accessor?.HttpContext?.Request.Cookies[Cookie] == "en" ? "en" : "nl")
    {
    }

    private Language(string code) => Code = code;

    /// <summary><c>nl</c> or <c>en</c>.</summary>
    public string Code { get; }

    /// <summary>For numbers and dates.</summary>
    public CultureInfo Culture => Code == "en" ? British : Dutch;

    /// <summary>The text in this language; both stand side by side where they are used.</summary>
    public string this[string nl, string en] => Code == "en" ? en : nl;

    internal string this[LocalText text] => text.In(Code);

    /// <summary>A day in words: 22 november 2026.</summary>
    public string Day(DateOnly day) => day.ToString("d MMMM yyyy", Culture);

    /// <summary>A moment in words, in the service's time zone.</summary>
    public string Moment(DateTimeOffset time, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return TimeZoneInfo.ConvertTime(time, clock.LocalTimeZone).ToString("d MMMM yyyy, HH:mm", Culture);
    }

    /// <summary>A number with so many decimals.</summary>
    public string Number(double? value, int decimals = 0) => value?.ToString("N" + decimals, Culture) ?? "–";

    /// <summary>A share from 0 to 1 as a percentage.</summary>
    public string Percent(double? share) => share is { } s ? (s * 100).ToString("N0", Culture) + "%" : "–";
}
