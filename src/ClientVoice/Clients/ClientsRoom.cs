namespace ClientVoice.Clients;

/// <summary>Clients, places and client groups.</summary>
internal static class ClientsRoom
{
    public static void AddClients(this IServiceCollection services) => services.AddSingleton<ClientStore>();
}
