namespace ClientVoice.Feed;

/// <summary>How far one request may go.</summary>
internal static class FeedLimits
{
    /// <summary>Rows on a page that did not ask for a size: large enough that a refresh is not all round trips, small enough to read in a terminal.</summary>
    public const int DefaultPage = 1_000;

    /// <summary>The largest page a reader may ask for: larger gains nothing over the wire, and a page that fails is read again whole.</summary>
    public const int LargestPage = 10_000;

    /// <summary>Parts of one query: BI tools write a list of choices as a chain of some hundreds; SQLite stops at a depth of 1,000.</summary>
    public const int Nodes = 800;

    /// <summary>Times that any and all may stand in one option: each looks through another set for every row.</summary>
    public const int Lambdas = 10;

    /// <summary>Words of a $search: more than anybody types, and each is looked for in some twenty columns.</summary>
    public const int SearchWords = 10;

    /// <summary>Rows on a page that hold lists of rows: each list is a statement of its own.</summary>
    public const int PageWithLists = 100;

    /// <summary>Requests in one $batch: more than a BI tool puts together, few enough to answer in one go.</summary>
    public const int BatchRequests = 100;

    /// <summary>How deep $expand may go: a fact, its dimension, and what that dimension refers to.</summary>
    public const int ExpandDepth = 2;

    /// <summary>Steps from a row to another in one path: the star is two deep, and places lead upwards.</summary>
    public const int PathSteps = 4;

    /// <summary>Characters of a skip token; ours stay far below, and a longer one costs work for nothing.</summary>
    public const int TokenLength = 4_000;

    /// <summary>
    /// Seconds that one statement may take: long enough for a full count over a sector's publication, short enough
    /// that a query nobody waits for gives its connection back.
    /// </summary>
    public const int StatementSeconds = 60;

    /// <summary>Rows that one statement reads: a hundred kilobytes and two milliseconds of work, against a third of one to start it.</summary>
    public const int ChunkRows = 250;

    /// <summary>Bytes gathered before they are sent: one write for small answers, constant memory for large ones.</summary>
    public const int BufferBytes = 32 * 1024;
}
