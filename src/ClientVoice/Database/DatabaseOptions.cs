using Microsoft.Data.SqlClient;

namespace ClientVoice.Database;

/// <summary>Where the data is: <c>ClientVoice:Database</c>, <c>ClientVoice:Data</c> and the connection string.</summary>
internal sealed record DatabaseOptions
{
    /// <summary><c>sqlite</c> (embedded, the default) or <c>sqlserver</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Folder of the embedded database and of the keys; made at start where it is missing.</summary>
    public required string Folder { get; init; }

    /// <summary>For <c>sqlserver</c>: <c>ConnectionStrings:ClientVoice</c>. Where it does not say <c>Encrypt</c>, it gets it.</summary>
    public string? ConnectionString { get; init => field = value is null ? null : Encrypted(value); }

    /// <summary>The embedded database's file.</summary>
    public string File => Path.Combine(Folder, "clientvoice.db");

    /// <summary>Reads and checks the settings; every fault is named with its value's name.</summary>
    public static DatabaseOptions From(IConfiguration configuration, string defaultFolder)
    {
        var kind = configuration["ClientVoice:Database"] ?? "sqlite";
        if (kind is not ("sqlite" or "sqlserver"))
        {
            throw new InvalidOperationException($"ClientVoice:Database is '{kind}'; it is 'sqlite' or 'sqlserver'.");
        }

        var connection = configuration.GetConnectionString("ClientVoice");
        if (kind == "sqlserver" && string.IsNullOrWhiteSpace(connection))
        {
            throw new InvalidOperationException("ClientVoice:Database is 'sqlserver', but ConnectionStrings:ClientVoice is empty.");
        }

        return new DatabaseOptions
        {
            Kind = kind,
            Folder = Path.GetFullPath(configuration["ClientVoice:Data"] ?? defaultFolder),
            ConnectionString = connection,
        };
    }

    // SqlClient before 4.0 does not encrypt unless told to.
    private static string Encrypted(string connectionString)
    {
        var builder = new SqlConnectionStringBuilder(connectionString);
        if (!builder.ShouldSerialize("Encrypt"))
        {
            builder.Encrypt = true;
        }

        return builder.ToString();
    }
}
