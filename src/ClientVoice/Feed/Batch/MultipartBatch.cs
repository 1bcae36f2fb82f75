using System.Globalization;
using System.Text;
using ClientVoice.Problems;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ClientVoice.Feed.Batch;

/// <summary>A batch in multipart/mixed (OData Protocol 4.01, section 11.7.7): each part is a request as HTTP writes it.</summary>
internal static class MultipartBatch
{
    public const string MediaType = "multipart/mixed";

    /// <exception cref="ProblemException">It is not a batch.</exception>
    public static async Task<IReadOnlyList<BatchItem>> ReadAsync(MediaTypeHeaderValue type, Stream body, CancellationToken cancel)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > 70)
        {
            throw BatchFault.NotValid("multipart/mixed needs a boundary of 1 to 70 characters.");
        }

        var items = new List<BatchItem>();
        try
        {
            await ReadPartsAsync(new MultipartReader(boundary, body), items, cancel);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw BatchFault.NotValid("The parts of the batch cannot be told apart; see its boundary.");
        }

        return items.Count > 0 ? items : throw BatchFault.NotValid("There is no request in the batch.");
    }

    /// <summary>A part of the answer, with the line that goes before it.</summary>
    public static byte[] Part(string boundary, BatchResult result)
    {
        var head = new StringBuilder($"--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n");
        if (result.Id is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-ID: {result.Id}\r\n");
        }

        head.Append(CultureInfo.InvariantCulture, $"\r\nHTTP/1.1 {result.Status} {ReasonPhrases.GetReasonPhrase(result.Status)}\r\n");
        foreach (var (name, value) in result.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. result.Body.Span, .. "\r\n"u8];
    }

    public static byte[] End(string boundary) => Encoding.UTF8.GetBytes($"--{boundary}--\r\n");

    private static async Task ReadPartsAsync(MultipartReader reader, List<BatchItem> items, CancellationToken cancel)
    {
        while (await reader.ReadNextSectionAsync(cancel) is { } part)
        {
            if (!MediaTypeHeaderValue.TryParse(part.ContentType, out var type))
            {
                throw BatchFault.NotValid("A part of a batch says what it is: application/http.");
            }

            if (type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase))
            {
                // A change set: what is in it is refused one by one, by its method.
                await ReadPartsAsync(new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), part.Body), items, cancel);
                continue;
            }

            if (!type.MediaType.Equals("application/http", StringComparison.OrdinalIgnoreCase))
            {
                throw BatchFault.NotValid("A part of a batch is application/http.");
            }

            BatchFault.MustBeSmall(items.Count + 1);
            using var text = new StreamReader(part.Body, Encoding.UTF8);
            items.Add(Item(part.Headers is { } headers && headers.TryGetValue("Content-ID", out var id) ? id.ToString() : null, await text.ReadToEndAsync(cancel)));
        }
    }

    private static BatchItem Item(string? id, string text)
    {
        // A Content-ID with a line break in it would write headers of its own.
        if (id is not null && !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~'))
        {
            throw BatchFault.NotValid("A Content-ID is made of letters, digits, '-', '_', '.' and '~'.");
        }

        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        var first = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (first is not [var method, var url, var version] || !version.StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            throw BatchFault.NotValid("A part of a batch begins as HTTP does: 'GET Outcomes HTTP/1.1'.");
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1).TakeWhile(l => l.Length > 0))
        {
            var pair = line.Split(':', 2, StringSplitOptions.TrimEntries);
            if (pair.Length != 2 || pair[0].Length == 0)
            {
                throw BatchFault.NotValid("A header in a part of the batch cannot be read.");
            }

            headers[pair[0]] = pair[1];
        }

        return new BatchItem(id, method.ToUpperInvariant(), url, headers, []);
    }
}
