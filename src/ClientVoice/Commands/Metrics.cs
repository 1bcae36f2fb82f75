// What operators watch, as text that Prometheus reads. Counted by the framework's own meters and by ours (System.Diagnostics.Metrics);
// this file listens and writes. No label is about a person: routes are patterns, never addresses.
using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace ClientVoice.Commands;

/// <summary>Listens to meters and writes them in Prometheus' text format, version 0.0.4.</summary>
internal sealed class Metrics : IDisposable
{
    // Seconds: from a page to a feed of a million rows; and from a moment to weeks without network.
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3600, 86_400, 604_800, 2_592_000];

    // A route is a pattern of ours; this bounds what a mistake could cost.
    private const int MostSeries = 2_000;

    private static readonly HashSet<string> Labels = ["http.request.method", "http.route", "http.response.status_code", "code", "outcome"];

    private readonly ConcurrentDictionary<(string Name, string Labels), Series> series = new();
    private readonly MeterListener listener = new();

    public Metrics()
    {
        listener.InstrumentPublished = (instrument, from) =>
        {
            if (instrument.Meter.Name.StartsWith("ClientVoice", StringComparison.Ordinal) || instrument is { Meter.Name: "Microsoft.AspNetCore.Hosting", Name: "http.server.request.duration" })
            {
                from.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.Start();
    }

    /// <summary>Everything that was counted since the start of this node.</summary>
    /// <param name="now">What is read at this moment: name, what it is, value.</param>
    public string Write(IEnumerable<(string Name, string Help, double Value)> now)
    {
        var text = new StringBuilder();
        foreach (var (name, help, value) in now)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");
        }

        foreach (var metric in series.OrderBy(s => s.Key.Name, StringComparer.Ordinal).ThenBy(s => s.Key.Labels, StringComparer.Ordinal).GroupBy(s => s.Key.Name))
        {
            var first = metric.First().Value;
            text.Append(CultureInfo.InvariantCulture, $"# HELP {metric.Key} {first.Help}\n# TYPE {metric.Key} {(first.IsHistogram ? "histogram" : "counter")}\n");
            foreach (var (key, one) in metric)
            {
                one.Write(text, key.Name, key.Labels);
            }
        }

        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach (var (name, said) in tags)
        {
            if (Labels.Contains(name) && said is not null)
            {
                labels.Append(labels.Length == 0 ? "" : ",").Append(name.Replace('.', '_')).Append("=\"").Append(Escaped(Convert.ToString(said, CultureInfo.InvariantCulture)!)).Append('"');
            }
        }

        var isHistogram = instrument is Histogram<double>;
        var key = (instrument.Name.Replace('.', '_') + (isHistogram ? "_seconds" : "_total"), labels.ToString());
        if (series.Count < MostSeries || series.ContainsKey(key))
        {
            series.GetOrAdd(key, _ => new Series(instrument.Description ?? instrument.Name, isHistogram)).Add(value);
        }
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private sealed class Series(string help, bool isHistogram)
    {
        private readonly long[] buckets = new long[Seconds.Length];
        private readonly Lock gate = new();
        private long count;
        private double sum;

        public string Help => help;

        public bool IsHistogram => isHistogram;

        public void Add(double value)
        {
            lock (gate)
            {
                count++;
                sum += value;
                for (var i = Seconds.Length - 1; isHistogram && i >= 0 && value <= Seconds[i]; i--)
                {
                    buckets[i]++;
                }
            }
        }

        public void Write(StringBuilder text, string name, string labels)
        {
            lock (gate)
            {
                if (!isHistogram)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name}{In(labels)} {sum}\n");
                    return;
                }

                for (var i = 0; i < Seconds.Length; i++)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{In(With(labels, Seconds[i].ToString(CultureInfo.InvariantCulture)))} {buckets[i]}\n");
                }

                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{In(With(labels, "+Inf"))} {count}\n{name}_sum{In(labels)} {sum}\n{name}_count{In(labels)} {count}\n");
            }
        }

        private static string In(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

        private static string With(string labels, string most) => $"{labels}{(labels.Length == 0 ? "" : ",")}le=\"{most}\"";
    }
}
