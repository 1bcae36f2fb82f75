namespace ClientVoice.Access;

/// <summary>Settings below <c>ClientVoice:Access</c>.</summary>
internal sealed class AccessOptions
{
    public const string Section = "ClientVoice:Access";

    /// <summary>
    /// Whether somebody may sign in on a tablet that was not paired. Null: in Development only, so that the demo takes two taps.
    /// </summary>
    public bool? UnpairedTablets { get; set; }

    /// <summary>Whether the desk asks everyone for a second step; else it is for who wants it.</summary>
    public bool SecondStepRequired { get; set; }

    /// <summary>
    /// The network addresses of what stands in front and ends TLS: only what these say of where a request came from is believed. Empty
    /// where the service itself has the certificate.
    /// </summary>
    public IList<string> Proxies { get; } = [];

    /// <summary>What one tablet may ask in a minute: an outbox that empties and a catalogue that is fetched at once stay well below it.</summary>
    public int RequestsPerMinute { get; set; } = 1_200;
}
