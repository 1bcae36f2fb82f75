namespace ClientVoice.Commands;

/// <summary>How large a demo organisation is.</summary>
internal sealed record DemoSize(int Clients, int Locations, int Months, int Seed)
{
    /// <summary>What the first start in Development makes.</summary>
    public static readonly DemoSize Small = new(120, 5, 18, 1);
}
