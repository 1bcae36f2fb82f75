// A list's filters, order and page stand in its address, so that it can be kept and shared. What somebody searched for does
// not: it may be a name, and addresses end in histories and logs. A search is sent as a form and answered in place.
using System.Globalization;
using ClientVoice.Problems;

namespace ClientVoice.Shell.Lists;

/// <summary>The address of a list: where it is, how it is filtered and sorted, and which page of it is shown.</summary>
public sealed class ListAddress
{
    /// <summary>Rows of a page: about two screens.</summary>
    public const int PageSize = 50;

    private readonly string path;
    private readonly IReadOnlyDictionary<string, string> filters;

    private ListAddress(string path, IReadOnlyDictionary<string, string> filters, string sort, bool descending, int page)
    {
        this.path = path;
        this.filters = filters;
        (Sort, Descending, Page) = (sort, descending, page);
    }

    /// <summary>The column that it is sorted by.</summary>
    public string Sort { get; }

    /// <summary>Whether the last comes first.</summary>
    public bool Descending { get; }

    /// <summary>From 1.</summary>
    public int Page { get; }

    /// <summary>Rows to skip.</summary>
    public int Skip => (Page - 1) * PageSize;

    /// <summary>Reads the address of a request.</summary>
    /// <param name="filters">The names of the filters that this list knows.</param>
    /// <param name="sorts">The columns that it can be sorted by; the first is the usual one. Before one a minus: the last comes first.</param>
    /// <param name="usual">How it is sorted where the address does not say, in place of the first of those.</param>
    public static ListAddress Of(HttpRequest request, IReadOnlyCollection<string> filters, IReadOnlyList<string> sorts, string? usual = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(sorts);
        // A page number has at most six digits: beyond that there are no rows and no arithmetic to trust.
        var page = request.Query["page"].ToString();
        var number = 1;
        if (page.Length > 6 || (page.Length > 0 && (!int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number < 1)))
        {
            throw new ProblemException(ProblemKinds.BadRequest, "page is a number from 1.");
        }

        var sort = request.Query["sort"].ToString() is { Length: > 0 } asked ? asked : usual ?? sorts[0];
        var descending = sort.StartsWith('-');
        var column = descending ? sort[1..] : sort;
        if (!sorts.Contains(column))
        {
            throw new ProblemException(ProblemKinds.BadRequest, $"sort is one of {string.Join(", ", sorts)}.");
        }

        var known = filters.Where(name => request.Query[name].ToString().Length is > 0 and <= Forms.Posted.LongestLine).ToDictionary(name => name, name => request.Query[name].ToString());
        return new ListAddress(request.Path, known, column, descending, number);
    }

    /// <summary>What a filter is set to; null where it is not.</summary>
    public string? Filter(string name) => filters.GetValueOrDefault(name);

    /// <summary>What a filter is set to, as an id; null where it is not, or is none.</summary>
    public Guid? FilterId(string name) => Guid.TryParseExact(Filter(name), "D", out var id) ? id : null;

    /// <summary>Whether any filter is set.</summary>
    public bool IsFiltered => filters.Count > 0;

    /// <summary>The address of another page.</summary>
    public string ToPage(int page) => Build(path, Sort, Descending, page);

    /// <summary>The address sorted by a column; by the column that it is sorted by already, the other way round.</summary>
    public string ToSort(string column) => Build(path, column, column == Sort && !Descending, 1);

    /// <summary>The same filters and order at another path: a download.</summary>
    public string At(string otherPath) => Build(otherPath, Sort, Descending, 1);

    /// <summary>The list with one filter set otherwise; null takes it off.</summary>
    public ListAddress With(string name, string? value) =>
        new(path, filters.Where(f => f.Key != name).Concat(value is null ? [] : [new(name, value)]).ToDictionary(f => f.Key, f => f.Value), Sort, Descending, 1);

    /// <summary>The address with one filter set otherwise; null takes it off.</summary>
    public string WithFilter(string name, string? value) => With(name, value).ToPage(1);

    private string Build(string at, string sort, bool descending, int page)
    {
        List<string> parts = [.. filters.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"), $"sort={(descending ? "-" : "")}{sort}"];
        if (page > 1)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"page={page}"));
        }

        return $"{at}?{string.Join('&', parts)}";
    }
}
