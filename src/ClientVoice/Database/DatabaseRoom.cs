namespace ClientVoice.Database;

/// <summary>Connections, dialects and the migrator.</summary>
internal static class DatabaseRoom
{
    public static void AddDatabase(this IServiceCollection services, DatabaseOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IDatabase>(new ServiceDatabase(options));
        services.AddSingleton<Migrator>();
    }
}
