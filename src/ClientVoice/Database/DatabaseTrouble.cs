// Tells trouble of the database apart from faults of the program: with the first, waiting helps.
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Database;

/// <summary>The embedded database's file cannot be used; the message names it and says why.</summary>
internal sealed class DatabaseFileException(string message, Exception? cause = null) : DbException(message, cause)
{
    /// <summary>What an error of SQLite says about the file; null where it says nothing about it.</summary>
    public static DatabaseFileException? Of(string file, SqliteException error) => error.SqliteErrorCode switch
    {
        8 => new($"The database {file} cannot be written: the folder or the disk is for reading only, or belongs to somebody else.", error),
        10 => new($"The database {file} cannot be read or written: the disk reports a fault.", error),
        11 => new($"The database {file} is damaged or was cut off. Nothing was changed. Put a copy back: restore FILE --replace.", error),
        13 => new($"The database {file} cannot be written: the disk is full.", error),
        14 => new($"The database {file} cannot be opened: it or its folder is gone, cannot be written, or too many files are open.", error),
        26 => new($"The database {file} is not a database, or is damaged. Nothing was changed. Put a copy back: restore FILE --replace.", error),
        _ => null,
    };
}

/// <summary>Judges errors of a database.</summary>
internal static class DatabaseTrouble
{
    // SQLite: busy, locked, for reading only, fault of the disk, damaged, full, cannot be opened, protocol, not a database.
    private static readonly HashSet<int> OfTheFile = [5, 6, 8, 10, 11, 13, 14, 15, 26];

    // SQL Server: time-out, no connection or one that broke, deadlock victim, lock time-out, cannot be opened or started, busy, disk or
    // log full, for reading only, changing over to another node.
    private static readonly HashSet<int> OfTheServer =
        [-2, 2, 20, 53, 64, 121, 233, 258, 596, 601, 926, 942, 945, 978, 983, 1105, 1205, 1222, 3906, 4060, 4221, 5145, 9002, 10053, 10054, 10060, 10061, 10928, 10929, 17142, 40143, 40197, 40501, 40540, 40613, 49918, 49919, 49920];

    // Of these: what a second try does better. Not a time-out, which took its time already, nor what somebody has to mend.
    private static readonly HashSet<int> PassingOfTheServer =
        [20, 64, 121, 233, 596, 601, 978, 983, 1205, 1222, 3960, 4221, 10053, 10054, 10928, 10929, 40143, 40197, 40501, 40540, 40613, 49918, 49919, 49920];

    // SQL Server: a foreign key or check, a unique index, a unique constraint.
    private static readonly HashSet<int> ConstraintsOfTheServer = [547, 2601, 2627];

    /// <summary>Whether a constraint refused it: what is in the database by now does not go together with what was asked.</summary>
    public static bool IsConstraint(Exception error) => error switch
    {
        SqliteException file => file.SqliteErrorCode == 19,
        SqlException server => ConstraintsOfTheServer.Contains(server.Number),
        _ => false,
    };

    /// <summary>Whether work that failed is worth doing again at once: a deadlock, a changed row under snapshot isolation, a connection that broke, a node that changes over.</summary>
    public static bool PassesSoon(Exception error) => error is DbException { IsTransient: true } || (error is SqlException server && PassingOfTheServer.Contains(server.Number));

    /// <summary>Whether the database cannot be reached or written at this moment; then nothing is wrong with what was asked.</summary>
    public static bool IsOfTheMoment(Exception error) => error switch
    {
        DatabaseFileException => true,
        SqliteException file => OfTheFile.Contains(file.SqliteErrorCode),
        SqlException server => OfTheServer.Contains(server.Number),
        _ => false,
    };
}
