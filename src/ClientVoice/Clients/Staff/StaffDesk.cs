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
    /// <returns>The change; null where the address is somebody else's: then nothing was changed.</returns>
    public async Task<Guid?> KeepAsync(StaffMember? before, StaffMember person, Guid madeBy, CancellationToken cancel)
    {
        await staff.PrepareAsync(cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        if (!await staff.WriteAsync(connection, transaction, person, before is null, cancel))
        {
            return null;
        }

        var change = await changes.AddAsync(connection, transaction, Subjects.Person, person.Id, before, madeBy, cancel);
        await transaction.CommitAsync(cancel);
        return change;
    }

    /// <summary>Puts people back.</summary>
    internal sealed class Restore(StaffStore staff) : IRestore
    {
        public string Subject => Subjects.Person;

        public Task PrepareAsync(CancellationToken cancel) => staff.PrepareAsync(cancel);

        public async Task RestoreAsync(DbConnection connection, DbTransaction transaction, DeskChange change, CancellationToken cancel)
        {
            if (change.Before is null)
            {
                await StaffStore.RemoveAsync(connection, transaction, change.SubjectId, cancel);
                return;
            }

            var before = JsonSerializer.Deserialize<StaffMember>(change.Before)!;
            if (!await staff.WriteAsync(connection, transaction, before, false, cancel))
            {
                throw new CannotRestoreException("Somebody else has the e-mail address by now.");
            }
        }
    }
}
