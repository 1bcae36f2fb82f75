using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Clients.Places;
using ClientVoice.Clients.Register;
using ClientVoice.Shell.Forms;

namespace ClientVoice.Clients.Import;

/// <summary>Reads one row as a client, or says what is wrong with it. Pure: the world in, a client or faults out.</summary>
internal sealed class ImportRowReader
{
    private readonly ImportWorld world;
    private readonly ImportWishes wishes;
    private readonly Dictionary<ImportField, int> columns;
    private readonly List<ImportFault> faults = [];
    private ImportRow row = new(0, []);

    public ImportRowReader(ImportWorld world, ImportWishes wishes)
    {
        this.world = world;
        this.wishes = wishes;
        columns = wishes.Fields.Select((field, column) => (field, column)).Where(c => c.field is not null).ToDictionary(c => c.field!, c => c.column);
    }

    /// <summary>The number as it stands in a row; empty where it has none.</summary>
    public string NumberOf(ImportRow of) => of.Cells[columns[ImportField.Number]] ?? "";

    /// <summary>Reads a row.</summary>
    /// <param name="before">The client with this number; null for somebody new.</param>
    /// <param name="id">For somebody new.</param>
    public (ClientRecord? Client, IReadOnlyList<ImportFault> Faults) Read(ImportRow of, ClientRecord? before, Guid id)
    {
        row = of;
        faults.Clear();
        var number = Text(ImportField.Number, 60, ImportFaultKind.NumberTooLong);
        var name = Text(ImportField.Name, Posted.LongestLine, ImportFaultKind.NameTooLong);
        Needed(ImportField.Number, number, ImportFaultKind.NumberMissing);
        Needed(ImportField.Name, name, ImportFaultKind.NameMissing);
        var shortName = Text(ImportField.ShortName, 60, ImportFaultKind.ShortNameTooLong) ?? before?.ShortName ?? name?.Split(' ')[0] ?? "";
        var place = Place();
        var group = Word(ImportField.Group, world.Groups, ImportFaultKind.GroupUnknown) ?? before?.GroupId ?? wishes.GroupForAll;
        Needed(ImportField.Group, group, ImportFaultKind.GroupMissing);
        var communication = Communication() ?? before?.Communication ?? wishes.CommunicationForAll;
        Needed(ImportField.Communication, communication, ImportFaultKind.CommunicationMissing);
        var from = Day(ImportField.From, ImportFaultKind.FromUnreadable) ?? before?.FromOn ?? world.Today;
        var until = columns.ContainsKey(ImportField.Until) ? Day(ImportField.Until, ImportFaultKind.UntilUnreadable) : before?.UntilOn;
        if (until < from)
        {
            Fault(ImportFaultKind.UntilBeforeFrom, ImportField.Until);
        }

        var year = Year(before?.YearOfBirth);
        var worker = Worker(place, group, before?.RegularWorkerId);
        var representatives = Representatives(before?.Representatives ?? []);
        var evaluations = Evaluations(before?.Evaluations ?? [], from);
        return faults.Count > 0
            ? (null, [.. faults])
            : (new ClientRecord(before?.Id ?? id, name!, shortName, year, communication!, place!.Id, group!.Value, worker, number, from, until, representatives) { Evaluations = evaluations }, []);
    }

    private string? Cell(ImportField field) => columns.TryGetValue(field, out var column) ? row.Cells[column] : null;

    private void Fault(ImportFaultKind kind, ImportField field) => faults.Add(new ImportFault(kind, row.Number, columns.TryGetValue(field, out var column) ? column : null, field));

    // What is wrong already with a field is said once.
    private void Needed(ImportField field, object? value, ImportFaultKind missing)
    {
        if (value is null && faults.All(f => f.Field != field))
        {
            Fault(missing, field);
        }
    }

    private string? Text(ImportField field, int longest, ImportFaultKind tooLong)
    {
        if (Cell(field) is not { } text)
        {
            return null;
        }

        if (Posted.Unseen(text))
        {
            Fault(ImportFaultKind.Unseen, field);
        }
        else if (text.Length > longest)
        {
            Fault(tooLong, field);
        }
        else
        {
            return text.Normalize();
        }

        return null;
    }

    private PlaceLine? Place()
    {
        if (Cell(ImportField.Place) is not { } name)
        {
            Fault(ImportFaultKind.PlaceMissing, ImportField.Place);
            return null;
        }

        List<PlaceLine> found = [.. world.Places[ImportField.Plain(name)]];
        // Of a location and a team of one name, whoever writes the name means one of them: they say which.
        var fault = found.Count == 0 ? ImportFaultKind.PlaceUnknown
            : found.Count > 1 ? ImportFaultKind.PlaceTwice
            : !found[0].IsOpenOn(world.Today) ? ImportFaultKind.PlaceClosed
            : found[0].Kind is "region" or "organisation" && world.Places.Count > 1 ? ImportFaultKind.PlaceIsRegion
            : (ImportFaultKind?)null;
        if (fault is { } kind)
        {
            Fault(kind, ImportField.Place);
            return null;
        }

        return found[0];
    }

    private T? Word<T>(ImportField field, IReadOnlyDictionary<string, T> words, ImportFaultKind unknown)
        where T : struct
    {
        if (Cell(field) is not { } text)
        {
            return null;
        }

        if (words.TryGetValue(ImportField.Plain(text), out var value))
        {
            return value;
        }

        Fault(unknown, field);
        return null;
    }

    private string? Communication()
    {
        if (Cell(ImportField.Communication) is not { } text)
        {
            return null;
        }

        if (world.Communications.TryGetValue(ImportField.Plain(text), out var code))
        {
            return code;
        }

        Fault(ImportFaultKind.CommunicationUnknown, ImportField.Communication);
        return null;
    }

    private DateOnly? Day(ImportField field, ImportFaultKind unreadable)
    {
        if (Cell(field) is not { } text)
        {
            return null;
        }

        var day = ImportWorld.Day(text);
        if (day is null)
        {
            Fault(unreadable, field);
        }

        return day;
    }

    // A list names the next one, or the last there was; those that are known of before stay.
    private IReadOnlyList<DateOnly> Evaluations(IReadOnlyList<DateOnly> before, DateOnly from)
    {
        if (Day(ImportField.Evaluation, ImportFaultKind.EvaluationUnreadable) is not { } day)
        {
            return before;
        }

        if (EvaluationDays.Can(day, from, world.Today))
        {
            return EvaluationDays.With(before, day, world.Today);
        }

        Fault(ImportFaultKind.EvaluationOutOfRange, ImportField.Evaluation);
        return before;
    }

    // Of a date of birth only the year is kept: no more is used.
    private int? Year(int? before)
    {
        if (Cell(ImportField.Year) is not { } text)
        {
            return before;
        }

        var year = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var plain) && text.Length == 4 ? plain : ImportWorld.Day(text)?.Year;
        if (year is null)
        {
            Fault(ImportFaultKind.YearUnreadable, ImportField.Year);
        }
        else if (year < ClientCodes.EarliestYear || year > world.Today.Year)
        {
            Fault(ImportFaultKind.YearOutOfRange, ImportField.Year);
        }

        return year;
    }

    private Guid? Worker(PlaceLine? place, Guid? group, Guid? before)
    {
        if (Cell(ImportField.Worker) is not { } text)
        {
            // Whoever moves leaves a worker who does not come along.
            return before is { } kept && place is not null && WorksAt(world.Workers.SelectMany(w => w).FirstOrDefault(w => w.Id == kept), place, group) ? kept : null;
        }

        List<StaffMember> found = [.. world.Workers[ImportField.Plain(text)].DistinctBy(w => w.Id)];
        if (found.Count == 1 && (place is null || WorksAt(found[0], place, group)))
        {
            return found[0].Id;
        }

        Fault(found.Count switch { 0 => ImportFaultKind.WorkerUnknown, 1 => ImportFaultKind.WorkerElsewhere, _ => ImportFaultKind.WorkerTwice }, ImportField.Worker);
        return null;
    }

    private bool WorksAt(StaffMember? worker, PlaceLine place, Guid? group) => worker is not null && (group is null || worker.Sees(group.Value)) && world.Above[place.Id].Any(worker.Places.Contains);

    // A list names one; who else is kept stays.
    private IReadOnlyList<Representative> Representatives(IReadOnlyList<Representative> before)
    {
        var name = Text(ImportField.Representative, Posted.LongestLine, ImportFaultKind.NameTooLong);
        var relation = Cell(ImportField.Relation);
        if (name is null && relation is null)
        {
            return before;
        }

        if (name is null)
        {
            Needed(ImportField.Representative, null, ImportFaultKind.RepresentativeMissing);
            return before;
        }

        if (relation is null)
        {
            Fault(ImportFaultKind.RelationMissing, ImportField.Relation);
            return before;
        }

        if (!world.Relations.TryGetValue(ImportField.Plain(relation), out var code))
        {
            Fault(ImportFaultKind.RelationUnknown, ImportField.Relation);
            return before;
        }

        return [new Representative(name, code), .. before.Skip(1)];
    }
}
