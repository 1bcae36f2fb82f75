using ClientVoice.Shell;

namespace ClientVoice.Jobs;

/// <summary>Runs in words, for the page and its file.</summary>
internal static class JobTexts
{
    /// <summary>What a job does; its own name where it is not known.</summary>
    public static string Named(string job, Language l) => job switch
    {
        "aggregate" => l["uitkomsten tellen", "count outcomes"],
        "quality-reports" => l["bestanden van rapporten maken", "make files of reports"],
        "retention" => l["bewaartermijnen", "retention"],
        "client-keys" => l["sleutels van cliënten", "keys of clients"],
        "look-up-key" => l["zoeksleutel vernieuwen", "renew the look-up key"],
        "anonymous-release" => l["antwoorden zonder naam laten meetellen", "let answers without a name count"],
        "demo" => l["demo-organisatie vullen", "fill the demo organisation"],
        "due-lines" => l["wie aan de beurt is", "who is due"],
        "moves-ahead" => l["verhuizingen op hun dag", "moves on their day"],
        _ => job,
    };

    /// <summary>What a run said at its end.</summary>
    public static string Closing(WorkRun run, Language l) => run.Message?.Split('\n') is [var nl, var en] ? l[nl, en] : run.Message ?? "";

    /// <summary>Where a run stands, with what it still has to do.</summary>
    public static string State(WorkRun run, DateTimeOffset now, Language l) => run.State switch
    {
        "running" => run.Total > 0 ? l[$"bezig, {l.Number(run.Done)} van {l.Number(run.Total)}", $"running, {l.Number(run.Done)} of {l.Number(run.Total)}"] + Remaining(run, now, l) : l["bezig", "running"],
        "done" => l["klaar", "done"],
        _ => run.Job == "aggregate" ? l["mislukt; de vorige publicatie blijft staan", "failed; the last publication stands"] : l["mislukt", "failed"],
    };

    private static string Remaining(WorkRun run, DateTimeOffset now, Language l) => new WorkProgress(run.Done, run.Total).Remaining(now - run.StartedAt) switch
    {
        null => "",
        { TotalMinutes: < 1 } => l["; nog minder dan een minuut", "; less than a minute left"],
        { } left => l[$"; nog ongeveer {Math.Ceiling(left.TotalMinutes)} minuten", $"; about {Math.Ceiling(left.TotalMinutes)} minutes left"],
    };
}
