using System.Data.Common;
using System.Text.Json;
using ClientVoice.Clients.Changes;
using ClientVoice.Database;
using ClientVoice.Shell;
using Dapper;

namespace ClientVoice.Clients.Groups;

/// <summary>What is said of a client group.</summary>
internal sealed record GroupProfile(
    string NameNl, string NameEn, string Law, IReadOnlyList<string> Communication, IReadOnlyList<string> Disability, IReadOnlyList<string> Setting, int? MostPerYear = null)
{
    public static GroupProfile Of(ClientGroup group) => new(group.Name.Nl, group.Name.In("en"), group.Law, group.Communication, group.Disability, group.Setting, group.MostPerYear);
}

/// <summary>Adds and changes client groups.</summary>
internal sealed class GroupStore(IDatabase database, ClientStore clients, DeskChanges changes, TimeProvider time)
{
    private const string Update =
        "UPDATE ClientGroup SET NameNl = @NameNl, NameEn = @NameEn, Law = @Law, Communication = @Communication, Disability = @Disability, Setting = @Setting, MostPerYear = @MostPerYear WHERE Id = @id";

    /// <summary>Adds a group; its code is made of its name.</summary>
    public async Task<(Guid Group, Guid Change)> AddAsync(GroupProfile profile, Guid madeBy, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var taken = (await clients.GroupsAsync(cancel)).Select(g => g.Code).ToHashSet();
        var group = new ClientGroup(
            id, CodeOf(profile.NameNl, taken), new LocalText(profile.NameNl, profile.NameEn), profile.Law, profile.Communication, profile.Disability, profile.Setting) { MostPerYear = profile.MostPerYear };
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ClientStore.AddGroupAsync(connection, transaction, group, cancel);
        var change = await changes.AddAsync(connection, transaction, Subjects.Group, id, null, madeBy, cancel);
        await transaction.CommitAsync(cancel);
        return (id, change);
    }

    /// <summary>Changes a group; its code stays, for feeds and files know the group by it.</summary>
    public async Task<Guid> ChangeAsync(ClientGroup before, GroupProfile profile, Guid madeBy, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await SetAsync(connection, transaction, before.Id, profile, cancel);
        var change = await changes.AddAsync(connection, transaction, Subjects.Group, before.Id, GroupProfile.Of(before), madeBy, cancel);
        await transaction.CommitAsync(cancel);
        return change;
    }

    /// <summary>A short code of a name: <c>Ernstig meervoudig</c> becomes <c>ernstig-meervoudig</c>, a second one <c>ernstig-meervoudig-2</c>.</summary>
    public static string CodeOf(string name, IReadOnlySet<string> taken)
    {
        // As long as the column less room for a number.
        const int longest = 36;
        var plain = new string([.. name.Normalize(System.Text.NormalizationForm.FormD).ToLowerInvariant()
            .Where(c => char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark)
            .Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        var code = string.Join('-', plain.Split('-', StringSplitOptions.RemoveEmptyEntries));
        code = (code.Length > longest ? code[..longest] : code).Trim('-');
        code = code.Length == 0 ? "groep" : code;
        var unique = code;
        for (var number = 2; taken.Contains(unique); number++)
        {
            unique = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{code}-{number}");
        }

        return unique;
    }

    private static Task SetAsync(DbConnection connection, DbTransaction transaction, Guid id, GroupProfile profile, CancellationToken cancel) => connection.ExecuteAsync(new CommandDefinition(
        Update,
        new
        {
            id, profile.NameNl, profile.NameEn, profile.Law, profile.MostPerYear,
            Communication = string.Join(' ', profile.Communication), Disability = string.Join(' ', profile.Disability), Setting = string.Join(' ', profile.Setting),
        },
        transaction, cancellationToken: cancel));

    /// <summary>Puts groups back.</summary>
    internal sealed class Restore : IRestore
    {
        public string Subject => Subjects.Group;

        public Task RestoreAsync(DbConnection connection, DbTransaction transaction, DeskChange change, CancellationToken cancel) => change.Before is null
            ? connection.ExecuteAsync(new CommandDefinition("DELETE FROM ClientGroup WHERE Id = @SubjectId", change, transaction, cancellationToken: cancel))
            : SetAsync(connection, transaction, change.SubjectId, JsonSerializer.Deserialize<GroupProfile>(change.Before)!, cancel);
    }
}
