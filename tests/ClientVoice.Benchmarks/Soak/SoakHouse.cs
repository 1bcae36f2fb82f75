// A data folder with a made-up organisation, and people who may sign in where the demo's may not: the service under the soak runs as in
// production.
using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Commands;
using ClientVoice.Conversations;
using ClientVoice.Instruments;
using ClientVoice.Jobs;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Benchmarks.Soak;

/// <summary>What the load needs to know of the organisation that it works in.</summary>
internal sealed class SoakHouse
{
    public const string Officer = "kwaliteit@soak", Leader = "teamleider@soak";

    private const int Locations = 20;
    private static readonly DemoSize Size = DemoSize.Small with { Clients = 1_000, Locations = Locations };

    private SoakHouse(string folder) => Folder = folder;

    public string Folder { get; }

    public string File => Path.Combine(Folder, "clientvoice.db");

    /// <summary>Of a BI tool, for the whole organisation.</summary>
    public string FeedKey { get; private set; } = "";

    /// <summary>Conversations that are there before the first one is sent.</summary>
    public int Before { get; private set; }

    public CatalogueState Instruments { get; private set; } = null!;

    public ConversationSchema Schema { get; private set; } = null!;

    public static string Worker(int tablet) => string.Create(CultureInfo.InvariantCulture, $"begeleider-{tablet}@soak");

    /// <summary>Settings of the service and of verbs on a folder.</summary>
    public static string[] Settings(string folder) =>
        ["--environment", "Production", "--Logging:LogLevel:Default=Warning", "--ClientVoice:Data", folder, "--ClientVoice:Instruments", Path.Combine(HousePaths.House, "instruments")];

    public static async Task<SoakHouse> MakeAsync(int tablets)
    {
        var house = new SoakHouse(Directory.CreateTempSubdirectory("benchmark-soak-").FullName);
        await using (var app = House.Builder(Settings(house.Folder)).Build())
        {
            await house.FillAsync(app.Services, tablets);
        }

        SqliteConnection.ClearAllPools();
        house.Before = (int)await SoakProof.CountAsync(house.File, "Conversation");
        return house;
    }

    public void Delete()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task FillAsync(IServiceProvider services, int tablets)
    {
        await House.PrepareAsync(services, default);
        await services.GetRequiredService<DemoOrganisation>().FillIfEmptyAsync(Size, new Progress<WorkProgress>(), default);
        var places = await services.GetRequiredService<ClientStore>().PlacesAsync(default);
        var (organisation, locations) = (places.Single(p => p.ParentId is null).Id, places.Where(p => p.Kind == "location").Select(p => p.Id).ToList());
        await AddAsync(Officer, Roles.QualityOfficer, organisation);
        await AddAsync(Leader, Roles.TeamLeader, organisation);
        for (var tablet = 0; tablet < tablets; tablet++)
        {
            await AddAsync(Worker(tablet), Roles.SupportWorker, locations[tablet % locations.Count]);
        }

        FeedKey = await services.GetRequiredService<FeedKeys>().CreateAsync("soak", organisation, null, default);
        (Instruments, Schema) = (services.GetRequiredService<ICatalogue>().Current, services.GetRequiredService<ConversationSchema>());

        Task AddAsync(string email, string role, Guid place) => services.GetRequiredService<People>().AddAsync(
            new NewPerson(Guid.CreateVersion7(), email, email, role, DemoOrganisation.Password, false, [place]), default);
    }
}
