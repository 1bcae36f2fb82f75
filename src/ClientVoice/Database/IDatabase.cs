using System.Data.Common;

namespace ClientVoice.Database;

/// <summary>The one way to the database: opened connections and the few words that differ by dialect.</summary>
internal interface IDatabase
{
    /// <summary>What differs between the databases.</summary>
    SqlDialect Dialect { get; }

    /// <summary>An open connection, pooled; the caller disposes it.</summary>
    Task<DbConnection> OpenAsync(CancellationToken cancel);

    /// <summary>Commits, and returns when what was committed can be found again, also after the power went. Ask this before giving a receipt.</summary>
    /// <exception cref="DbException">It was not committed, or into a file that is no longer where it was.</exception>
    Task CommitAsync(DbTransaction transaction, CancellationToken cancel);

    /// <summary>Whether what was committed earlier can be found again too. Ask this before giving a receipt once more.</summary>
    /// <exception cref="DbException">Of the embedded database: the disk takes nothing any more, and the last that was committed may be lost.</exception>
    void Confirm();

    /// <summary>A transaction that only reads, sees one moment, and keeps nobody from writing.</summary>
    /// <remarks>SQL Server: snapshot isolation, which has to be allowed on the database (db/README.md).</remarks>
    Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancel);
}
