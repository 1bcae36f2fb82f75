using System.Diagnostics.Metrics;
using System.Net;
using ClientVoice.Commands;
using ClientVoice.Tests.Conversations;

namespace ClientVoice.Tests.Commands;

/// <summary>What operators watch says how it goes, and of nobody who it was.</summary>
public sealed class MetricsTests
{
    [Test]
    public void CountersAndDurationsAreWrittenAsPrometheusReadsThem()
    {
        using var metrics = new Metrics();
        using var meter = new Meter("ClientVoice.Tests.Metrics");
        var counter = meter.CreateCounter<long>("test.problems", null, "Problems.");
        counter.Add(2, new KeyValuePair<string, object?>("code", "a\"b"));
        counter.Add(3, new KeyValuePair<string, object?>("code", "c"), new KeyValuePair<string, object?>("person", "Anna"));
        meter.CreateHistogram<double>("test.wait", "s", "Waiting.").Record(0.02);
        var lines = metrics.Write([("now", "Now.", 0.5)]).Split('\n').Where(l => l.StartsWith("now", StringComparison.Ordinal) || l.Contains("test_", StringComparison.Ordinal) || l.Contains(" now", StringComparison.Ordinal)).ToList();
        Assert.That(lines.Where(l => !l.Contains("_bucket", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "# HELP now Now.", "# TYPE now gauge", "now 0.5",
            "# HELP test_problems_total Problems.", "# TYPE test_problems_total counter", "test_problems_total{code=\"a\\\"b\"} 2", "test_problems_total{code=\"c\"} 3",
            "# HELP test_wait_seconds Waiting.", "# TYPE test_wait_seconds histogram", "test_wait_seconds_sum 0.02", "test_wait_seconds_count 1",
        }), "and a label that nobody asked for is left out");
        Assert.That(lines.Where(l => l.Contains("_bucket", StringComparison.Ordinal)).Select(l => l[(l.IndexOf('{') + 1)..]).Take(4), Is.EqualTo(new[] { "le=\"0.005\"} 0", "le=\"0.01\"} 0", "le=\"0.025\"} 1", "le=\"0.05\"} 1" }));
        Assert.That(lines[^3], Is.EqualTo("test_wait_seconds_bucket{le=\"+Inf\"} 1"));
    }

    [Test]
    public async Task TheAddressTellsOfIngestFeedErrorsAndHidingAndOfNobody()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        var id = Guid.CreateVersion7();
        using var tablet = await service.SignedInAsync("worker@proef");
        using var sent = await tablet.PutAsync($"/api/conversations/{id}", ConversationJson.Body(ConversationJson.Valid(id)));
        using var absent = await tablet.GetAsync("/odata/Outcomes");
        using var http = new HttpClient { BaseAddress = new Uri(service.Address) };
        using var answer = await http.GetAsync("/metrics");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Multiple(() =>
        {
            Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(answer.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/plain; version=0.0.4; charset=utf-8"));
            Assert.That(text, Does.Match("http_server_request_duration_seconds_count\\{http_request_method=\"PUT\",http_response_status_code=\"201\",http_route=\"/api/conversations/\\{id:guid\\}\"\\} [1-9]"));
            Assert.That(text, Does.Match("clientvoice_outbox_age_seconds_count [1-9]").And.Match("clientvoice_problems_total\\{code=\"[a-z-]+\"\\} [1-9]"));
            Assert.That(text, Does.Contain("clientvoice_changes_pending ").And.Contain("clientvoice_hidden_share ").And.Contain("clientvoice_publication_age_seconds "));
            Assert.That(text, Does.Not.Contain(id.ToString()).And.Not.Contain("worker@proef").And.Not.Contain("Anna"));
        });
    }
}
