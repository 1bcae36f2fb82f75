using System.Security.Cryptography;
using System.Text;
using ClientVoice.Feed.Query;
using ClientVoice.Problems;

namespace ClientVoice.Feed.Request;

/// <summary>The query options of a request: each known, each once. Names are kept without <c>$</c> and in lower case.</summary>
internal sealed class QueryOptions
{
    /// <summary>The options that the feed does.</summary>
    public static readonly IReadOnlyList<string> Supported =
        ["filter", "search", "select", "expand", "compute", "orderby", "top", "skip", "count", "skiptoken", "apply", "format"];

    /// <summary>The options that OData has and the feed has not: refused by name.</summary>
    public static readonly IReadOnlyList<string> NotSupported = ["deltatoken", "index", "id", "levels", "schemaversion"];

    private readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal);

    public static QueryOptions Read(IQueryCollection query)
    {
        var options = new QueryOptions();
        foreach (var (name, texts) in query)
        {
            var known = Canonical(name);
            // ?$top=1&top=2 are two of the same.
            if (texts.Count != 1 || !options.values.TryAdd(known, texts[0] ?? ""))
            {
                throw Refusal.NotValid(name, $"The option '{name}' stands more than once in the address.");
            }

            if (string.IsNullOrWhiteSpace(texts[0]))
            {
                throw Refusal.NotValid(name, $"The option '{name}' is empty.");
            }
        }

        return options;
    }

    /// <summary>Options that were read before, by name without <c>$</c>.</summary>
    public static QueryOptions Of(IReadOnlyDictionary<string, string> known)
    {
        var options = new QueryOptions();
        foreach (var (name, text) in known)
        {
            options.values.Add(name, text);
        }

        return options;
    }

    /// <summary>The answer depends on the day it is given.</summary>
    public bool AskForNow => values.Values.Any(v => v.Contains("now(", StringComparison.OrdinalIgnoreCase));

    /// <summary>The text of an option under its full name, <c>$filter</c>; null where it was not given.</summary>
    public string? Text(string option) => this[option.TrimStart('$')];

    public string? this[string name] => values.GetValueOrDefault(name);

    /// <summary>Refuses every option but these; what follows <c>@</c> may always be there.</summary>
    public void AllowOnly(params ReadOnlySpan<string> allowed)
    {
        foreach (var name in values.Keys)
        {
            if (name[0] != '@' && name != "format" && !allowed.Contains(name))
            {
                throw Refusal.NotValid("$" + name, $"The option ${name} means nothing at this address.");
            }
        }
    }

    /// <summary>The options as a query for ODataLib.</summary>
    public string ForParser()
    {
        var (select, expand) = NestedSelect.Rewrite(this["select"], this["expand"]);
        var copy = Of(values.Where(v => v.Key is not ("format" or "skiptoken" or "select" or "expand")).ToDictionary());
        foreach (var (name, text) in new[] { ("select", select), ("expand", expand) })
        {
            if (!string.IsNullOrEmpty(text))
            {
                copy.values.Add(name, text);
            }
        }

        return copy.Text(_ => true, null, Words.Rewrite);
    }

    /// <summary>The options as a query for the next page: all of them, with another token.</summary>
    public string WithToken(string token) => Text(n => n != "skiptoken", token, v => v);

    /// <summary>Tells whether a token belongs to this question.</summary>
    public string Fingerprint(string path)
    {
        var text = path + Text(n => n is not ("format" or "skiptoken"), null, v => v);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));
    }

    private string Text(Func<string, bool> which, string? token, Func<string, string> edit)
    {
        var parts = values.Where(v => which(v.Key)).Select(v => $"{(v.Key[0] == '@' ? "" : "$")}{v.Key}={Uri.EscapeDataString(edit(v.Value))}").ToList();
        if (token is not null)
        {
            parts.Add("$skiptoken=" + token);
        }

        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    private static string Canonical(string name)
    {
        if (name.Length > 1 && name[0] == '@' && name.Skip(1).All(char.IsAsciiLetterOrDigit))
        {
            return name;
        }

        var bare = (name.StartsWith('$') ? name[1..] : name).ToLowerInvariant();
        if (NotSupported.Contains(bare))
        {
            throw Refusal.NotSupported("$" + bare);
        }

        return Supported.Contains(bare)
            ? bare
            : throw new ProblemException(ProblemKinds.ParameterUnknown, $"The option '{name}' is not known here.", [new Fault(name, "Not known.")]);
    }
}
