namespace ClientVoice.Tests;

/// <summary>The time of the machine and so many days.</summary>
internal sealed class LaterTime : TimeProvider
{
    public int Days { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(Days);
}
