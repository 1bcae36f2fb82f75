using System.Net;
using ClientVoice.Database;
using ClientVoice.Jobs;
using Dapper;

namespace ClientVoice.Tests.Jobs;

/// <summary>How far a run is, and how long it will take yet.</summary>
public sealed class JobsPageTests
{
    [TestCase(0, 100, 60, null)]
    [TestCase(100, 100, 60, null)]
    [TestCase(25, 100, 60, 180)]
    [TestCase(75, 100, 60, 20)]
    [TestCase(10, 100, 0, null)]
    public void WhatIsLeftTakesAsLongForEachAsWhatWasDone(int done, int total, int elapsed, int? left) =>
        Assert.That(new WorkProgress(done, total).Remaining(TimeSpan.FromSeconds(elapsed))?.TotalSeconds, Is.EqualTo(left));

    [Test]
    public async Task ThePageShowsHowFarARunIsWhenItWillEndAndFollowsIt()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        await service.UntilTheSchedulerHasRunAsync();
        await using (var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default))
        {
            // A quarter in eight minutes: twenty-four are left, and a little.
            var now = service.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            await connection.ExecuteAsync(
                "INSERT INTO JobRun (Id, Job, StartedAt, SeenAt, State, Done, Total) VALUES (@id, 'aggregate', @began, @now, 'running', 2500, 10000)",
                new { id = Guid.CreateVersion7(), began = now.AddMinutes(-7.9), now });
        }

        using var officer = await service.SignedInAsync("officer@proef");
        using var answer = await officer.GetAsync(new Uri("/jobs", UriKind.Relative));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.That(page, Does.Contain("bezig, 2.500 van 10.000; nog ongeveer 24 minuten").And.Contain("<progress value=\"2500\" max=\"10000\" aria-label=\"uitkomsten tellen\""));
        Assert.That(answer.Headers.GetValues("Refresh"), Is.EqualTo((string[])["2"]));
    }
}
