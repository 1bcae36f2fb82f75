// A copy of the database that is older than an erasure brings rows back that nobody can read any more. Whoever puts it back expects that
// who was erased stays erased: the rows are taken away again, before anybody is served and whenever the job finds some.
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Jobs;
using ClientVoice.Shell;
using Dapper;

namespace ClientVoice.Conversations.Rights;

/// <summary>Takes away again what came back of people who were erased.</summary>
internal sealed class ErasedAgain(IDatabase database, ErasedClients erased, Forgetting forgetting, IAuditTrail audit)
{
    // Each time at least one of the nodes gets further.
    private const int Attempts = 20;

    /// <summary>Takes their rows away, and keys that came back with an older folder of keys.</summary>
    /// <returns>How many people.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        await erased.DestroyAgainAsync(cancel);
        var back = await erased.CameBackAsync(cancel);
        foreach (var (client, proof) in back)
        {
            await ForgetAsync(client, proof, cancel);
            await audit.NowAsync(new AuditEvent("system", null, "client.erased-again", $"client/{client}", null, "done") { About = client }, cancel);
        }

        return back.Count;
    }

    // Nodes that start at once find the same people: one is first at each row, and the other has nothing left to do.
    private async Task ForgetAsync(Guid client, ErasureProof proof, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await forgetting.ClientAsync(client, await SomebodyAsync(proof.By, cancel), cancel, proof.Reason);
                return;
            }
            catch (Exception error) when (error is System.Data.Common.DbException or InvalidOperationException && attempt < Attempts)
            {
            }
        }
    }

    // Who decided may not be in a copy that is older; then whoever guards privacy there, or else whoever was there first.
    private async Task<Guid> SomebodyAsync(Guid? by, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QueryFirstAsync<Guid>(new CommandDefinition(
            "SELECT Id FROM Person ORDER BY CASE WHEN Id = @by THEN 0 WHEN Role = @guards THEN 1 ELSE 2 END, Id" + database.Dialect.Page("@skip", "@take"),
            new { by, guards = Roles.PrivacyOfficer, skip = 0, take = 1 }, cancellationToken: cancel));
    }
}

/// <summary>The job that keeps keys and rows together: carries over, destroys what an erasure left, and takes away what came back.</summary>
internal sealed class ClientKeysWork(CarryOver carry, ErasedClients erased, ErasedAgain again) : IWork
{
    public static string Name => "client-keys";

    public async Task<LocalText?> RunAsync(IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        var back = await again.RunAsync(cancel);
        var destroyed = await erased.DestroyAsync(cancel);
        var carried = await carry.RunAsync(progress, cancel);
        return back + destroyed + carried == 0 ? null : new LocalText(
            $"{carried} cliënten kregen een eigen sleutel, {destroyed} sleutels vernietigd, {back} gewiste cliënten opnieuw weggehaald",
            $"{carried} clients got a key of their own, {destroyed} keys destroyed, {back} erased clients taken away again");
    }
}
