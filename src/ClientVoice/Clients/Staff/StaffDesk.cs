using System.Data.Common;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Database;

namespace ClientVoice.Clients.Staff;

/// <summary>Keeps staff with a change that can be undone; who may manage whom is asked of <see cref="StaffStore"/>.</summary>
internal sealed class StaffDesk(IDatabase database, StaffStore staff, DeskChanges changes)
{
    /// <summary>Adds a person, or changes one. Their sessions end.</summary>
    /// <param name="before">As they were; null for somebody new.</param>
    public async Task<Guid> KeepAsync(StaffMember? before, StaffMember person, Guid madeBy, CancellationToken cancel)
    {
        var hash = await staff.EmailHashAsync(person.Email, cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        await staff.WriteAsync(connection, transaction, person, hash, before is null, cancel);
        var change = await changes.AddAsync(connection, transaction, Subjects.Person, person.Id, before, madeBy, cancel);
        await transaction.CommitAsync(cancel);
        return change;
    }

    /// <summary>Puts people back.</summary>
    internal sealed class Restore(StaffStore staff) : IRestore
    {
        public string Subject => Subjects.Person;

        public Task PrepareAsync(CancellationToken cancel) => staff.EmailHashAsync("", cancel);

        public async Task RestoreAsync(DbConnection connection, DbTransaction transaction, DeskChange change, CancellationToken cancel)
        {
            if (change.Before is null)
            {
                await StaffStore.RemoveAsync(connection, transaction, change.SubjectId, cancel);
                return;
            }

            var before = JsonSerializer.Deserialize<StaffMember>(change.Before)!;
            await staff.WriteAsync(connection, transaction, before, await staff.EmailHashAsync(before.Email, cancel), false, cancel);
        }
    }
}
