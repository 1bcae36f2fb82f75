// Of the embedded database alone: a server sees to its memory itself.
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Outcomes;

public sealed class CountingMemoryTests
{
    [Test]
    public async Task WhatACountTookOfMemoryForItsConnectionsDoesNotStayWithThem()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        await service.UntilTheSchedulerHasRunAsync();
        await service.AggregateAsync(full: true);
        // More than a count opens: its own are among them.
        var connections = new List<System.Data.Common.DbConnection>();
        var sizes = new HashSet<long>();
        for (var i = 0; i < 12; i++)
        {
            connections.Add(await service.Services.GetRequiredService<IDatabase>().OpenAsync(default));
            sizes.Add(await connections[^1].ExecuteScalarAsync<long>("PRAGMA cache_size"));
        }

        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        Assert.That(sizes, Is.EqualTo(new[] { -2_000L }), "two megabytes each, as a new one has");
    }
}
