namespace ClientVoice.Outcomes;

/// <summary>Compares the rows of a publication with those that stand, and counts and hashes what it then has. Of one caller at a time.</summary>
internal sealed class RowComparison
{
    // Some tens of megabytes.
    private const int RowsToTidy = 50_000;

    private readonly bool whole;
    private readonly RowsHash hash;
    private readonly RowsHash own = new();
    private int compared;

    /// <param name="before">The publication that stands.</param>
    /// <param name="whole">Every row is given anew, not only those of what changed.</param>
    public RowComparison(EarlierPublication before, bool whole)
    {
        this.whole = whole;
        hash = new RowsHash(whole ? null : before.Sha256);
        Cells = whole ? 0 : before.Cells;
        Hidden = whole ? 0 : before.HiddenCells;
    }

    public int Cells { get; private set; }

    public int Hidden { get; private set; }

    public string Sha256 => hash.ToString();

    /// <summary>Says in the rows of cells which options they have: those that go on with theirs say so already.</summary>
    public void SayOptions(IEnumerable<CellRow> cells)
    {
        foreach (var cell in cells)
        {
            if (cell.Options is { } options)
            {
                CellOptions.Say(cell.Values, options, own);
                compared += options.Count;
            }
        }
    }

    /// <summary>Which rows end, by their id, and which begin, by their place among the new ones: under the id of the one that ends for it, or null.</summary>
    public (List<long> Ends, List<(long? Id, int At)> Begins) Of(KeptTable table, IReadOnlyList<KeptRow> standing, IReadOnlyList<object?[]> rows)
    {
        var before = standing.ToDictionary(r => table.Key(r.Values));
        var (ends, begins) = (new List<long>(), new List<(long?, int)>());
        for (var i = 0; i < rows.Count; i++)
        {
            var isThere = before.Remove(table.Key(rows[i]), out var there);
            if (isThere && table == KeptTable.Cells)
            {
                CellOptions.KeepIds(rows[i], there!.Values);
            }

            if (!isThere)
            {
                begins.Add((null, i));
                Count(table, rows[i], 1);
            }
            else if (Same(there!.Values, rows[i]))
            {
                Count(table, rows[i], whole ? 1 : 0);
            }
            else
            {
                ends.Add(there.Id);
                begins.Add((there.Id, i));
                Count(table, there.Values, whole ? 0 : -1);
                Count(table, rows[i], 1);
            }
        }

        foreach (var gone in before.Values)
        {
            ends.Add(gone.Id);
            Count(table, gone.Values, whole ? 0 : -1);
        }

        Tidy(rows.Count);
        return (ends, begins);
    }

    private static bool Same(object?[] one, object?[] other)
    {
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] is byte[] bytes ? !bytes.AsSpan().SequenceEqual((byte[])other[i]!) : !Equals(one[i], other[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void Count(KeptTable table, object?[] row, int times)
    {
        if (times == 0 || !table.IsPublished)
        {
            return;
        }

        var options = table == KeptTable.Cells ? CellOptions.Count(row) : 0;
        var isRow = table != KeptTable.Cells || CellOptions.IsScored(row);
        var more = times * (options + (isRow ? 1 : 0));
        Cells += more;
        Hidden += row[table.SuppressedAt] is true ? more : 0;
        if (isRow)
        {
            var shown = row.AsSpan(0, row.Length - table.Internals);
            if (times > 0)
            {
                hash.Add(table.View!, shown);
            }
            else
            {
                hash.Remove(table.View!, shown);
            }
        }

        if (options > 0 && times > 0)
        {
            hash.Add(CellOptions.Hash(row));
        }
        else if (options > 0)
        {
            hash.Remove(CellOptions.Hash(row));
        }
    }

    // Rows live just long enough to be taken for lasting: a million of them, where everything is counted, were hundreds of megabytes
    // that nobody needed any more and nobody had looked at.
    private void Tidy(int more)
    {
        compared += more;
        if (whole && compared >= RowsToTidy)
        {
            compared = 0;
            GC.Collect(1, GCCollectionMode.Forced, blocking: true);
        }
    }
}
