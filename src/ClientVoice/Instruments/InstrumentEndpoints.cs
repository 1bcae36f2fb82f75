using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using ClientVoice.Problems;
using ClientVoice.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ClientVoice.Instruments;

/// <summary>The calls of this room. Each has a strong ETag, so that a tablet asks often and fetches seldom.</summary>
internal static class InstrumentEndpoints
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web);

    // The list changes only with the state: it is written once for each.
    private static readonly ConditionalWeakTable<CatalogueState, Content> Lists = [];

    /// <summary>GET /api/instruments: what serves, and which files were left out and why.</summary>
    public static FileContentHttpResult List(ICatalogue catalogue, HttpResponse response)
    {
        var content = Lists.GetValue(catalogue.Current, state => Content.Of(JsonSerializer.SerializeToUtf8Bytes(Listed(state), Form)));
        return Answer(response, content.Bytes, content.Sha256, "application/json");
    }

    /// <summary>GET /api/instruments/{id}/{version}: the bundle, also of a withdrawn version.</summary>
    /// <exception cref="ProblemException">There is no such version.</exception>
    public static FileContentHttpResult Bundle(string id, string version, ICatalogue catalogue, HttpResponse response)
    {
        var instrument = catalogue.Current.Find(id, version) ?? throw new ProblemException(ProblemKinds.InstrumentUnknown);
        return Answer(response, instrument.Bundle.ToArray(), instrument.Sha256, "application/json");
    }

    /// <summary>GET /instruments/{id}/{version}/download: the bundle as a file to keep, to read or to hand on.</summary>
    /// <exception cref="ProblemException">There is no such version.</exception>
    public static FileContentHttpResult Download(string id, string version, ICatalogue catalogue, HttpResponse response)
    {
        var result = Bundle(id, version, catalogue, response);
        response.Headers.ContentDisposition = $"attachment; filename=\"{id}-{version}.json\"";
        return result;
    }

    /// <summary>GET /api/symbols/{id}: a picture; with its own hash as <c>v</c> it may be kept for good.</summary>
    /// <exception cref="ProblemException">There is no such picture, or it may not be shown.</exception>
    public static FileContentHttpResult Symbol(string id, string? v, ICatalogue catalogue, HttpResponse response)
    {
        var symbol = catalogue.Current.Symbols.Find(id) ?? throw new ProblemException(ProblemKinds.SymbolUnknown);
        var result = Answer(response, symbol.Bytes, symbol.Sha256, "image/svg+xml");
        if (v == symbol.Sha256)
        {
            response.Headers.CacheControl = "private, max-age=31536000, immutable";
        }

        // An SVG opened by itself is a document: it gets no scripts, no frames and no rights of this site.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        return result;
    }

    /// <summary>
    /// GET /api/instruments/{id}/{version}/recordings: where each recorded prompt of a version is, by <c>language/question</c>
    /// and <c>language/question.option</c>.
    /// </summary>
    /// <exception cref="ProblemException">There is no such version.</exception>
    public static FileContentHttpResult RecordingsOf(string id, string version, ICatalogue catalogue, HttpResponse response)
    {
        var state = catalogue.Current;
        var instrument = state.Find(id, version) ?? throw new ProblemException(ProblemKinds.InstrumentUnknown);
        var addresses = state.Recordings.Of(instrument).ToDictionary(pair => pair.Key, pair => $"/api/recordings/{pair.Value.Path}?v={pair.Value.Stamp}");
        var content = Content.Of(JsonSerializer.SerializeToUtf8Bytes(addresses, Form));
        return Answer(response, content.Bytes, content.Sha256, "application/json");
    }

    /// <summary>GET /api/recordings/{about}/{language}/{file}: a recording; with its own stamp as <c>v</c> it may be kept for good.</summary>
    /// <exception cref="ProblemException">There is no such recording.</exception>
    public static PhysicalFileHttpResult Recording(string about, string language, string file, string? v, ICatalogue catalogue, HttpResponse response)
    {
        var recording = catalogue.Current.Recordings.Find($"{about}/{language}/{file}") ?? throw new ProblemException(ProblemKinds.RecordingUnknown);
        response.Headers.CacheControl = v == recording.Stamp ? "private, max-age=31536000, immutable" : "private, no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.PhysicalFile(recording.File, recording.ContentType, entityTag: new EntityTagHeaderValue($"\"{recording.Stamp}\""), enableRangeProcessing: true);
    }

    private static FileContentHttpResult Answer(HttpResponse response, byte[] bytes, string sha256, string contentType)
    {
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(bytes, contentType, entityTag: new EntityTagHeaderValue($"\"{sha256}\""));
    }

    private static ListBody Listed(CatalogueState state)
    {
        var newest = state.Instruments.Select(instrument => instrument.Key.Id).Distinct().Select(state.Newest).ToFrozenSet();
        return new ListBody(
            [.. state.Instruments.Where(instrument => !instrument.Withdrawn).Select(instrument => new ListedInstrument(
                instrument.Key.Id,
                instrument.Key.Version,
                instrument.Sha256,
                instrument.Title,
                instrument.Kind,
                instrument.Subject,
                instrument.Minutes,
                instrument.Languages,
                newest.Contains(instrument)))],
            state.Faults);
    }

    private sealed record ListBody(IReadOnlyList<ListedInstrument> Instruments, IReadOnlyList<InstrumentFault> Faults);

    private sealed record ListedInstrument(
        string Id, string Version, string Sha256, LocalText Title, string Kind, string Subject, int Minutes, IReadOnlyList<string> Languages, bool Newest);

    private sealed record Content(byte[] Bytes, string Sha256)
    {
        public static Content Of(byte[] bytes) => new(bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
