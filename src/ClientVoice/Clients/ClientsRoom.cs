using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Emergency;
using ClientVoice.Clients.Founding;
using ClientVoice.Clients.Groups;
using ClientVoice.Clients.Import;
using ClientVoice.Clients.Places;
using ClientVoice.Clients.Register;
using ClientVoice.Clients.Staff;
using ClientVoice.Clients.Tablets;
using ClientVoice.Shell;

namespace ClientVoice.Clients;

/// <summary>Clients, places, client groups and the staff around them.</summary>
internal static class ClientsRoom
{
    public static void AddClients(this IServiceCollection services)
    {
        services.AddSingleton<ClientStore>();
        services.AddSingleton<DeskChanges>();
        services.AddSingleton<DeskTrail>();
        services.AddSingleton<PlaceStore>();
        services.AddSingleton<PlaceTreeRows>();
        services.AddSingleton<PlaceMover>();
        services.AddSingleton<GroupStore>();
        services.AddSingleton<StaffDesk>();
        services.AddSingleton<Founder>();
        services.AddSingleton<ClientRegister>();
        services.AddSingleton<IAuditSubjects, ClientSubjects>();
        services.AddSingleton<EmergencyDesk>();
        services.AddSingleton<ClientRows>();
        services.AddSingleton<ClientWriter>();
        services.AddSingleton<MovesAhead>();
        services.AddSingleton<ImportColumns>();
        services.AddSingleton<ImportDraft>();
        services.AddSingleton<ImportPlanner>();
        services.AddSingleton<ImportWriter>();
        services.AddSingleton<ImportRuns>();
        services.AddSingleton(new LookUpColumn("ClientNumber", "NumberHash", "") { Text = "NumberSecret" });
        services.AddSingleton(new LookUpColumn("ImportColumn", "Heading", "DELETE FROM ImportColumn") { GoesInTheEnd = true });
        services.AddSingleton<IRestore>(provider => provider.GetRequiredService<ClientRows>());
        services.AddSingleton<IRestore, PlaceStore.Restore>();
        services.AddSingleton<IRestore, GroupStore.Restore>();
        services.AddSingleton<IRestore, StaffDesk.Restore>();
        services.AddNavigation(new NavigationEntry(
            15, "/clients", new("Cliënten", "Clients"), new("Wie er in zorg is, waar, en met wie.", "Who is in support, where, and with whom."), Right.SeeClients));
        services.AddNavigation(new NavigationEntry(
            60, "/emergency", new("Noodtoegang", "Emergency"), new("In nood iets lezen over een cliënt van een andere plek.", "Read about a client of another place in an emergency."), Right.ReadInEmergency));
        services.AddNavigation(new NavigationEntry(
            35, "/places", new("Organisatie", "Organisation"), new("Plekken, cliëntgroepen en medewerkers.", "Places, client groups and staff."), Right.ManagePlaces));
    }

    public static void MapClients(this IEndpointRouteBuilder app)
    {
        app.MapPost("/desk/undo", Undo.HandleAsync).Require(Right.ManageClients);
        app.MapGet("/clients/export", ClientExport.HandleAsync).Require(Right.ManageClients);
        app.MapGet("/clients/import/template", ImportTemplate.HandleAsync).Require(Right.ManageClients);
        app.MapGet("/places/export", PlaceExport.HandleAsync).Require(Right.ManagePlaces);
        app.MapGet("/groups/export", GroupExport.HandleAsync).Require(Right.ManagePlaces);
        app.MapGet("/staff/export", StaffExport.HandleAsync).Require(Right.ManagePeople);
        app.MapGet("/tablets/export", TabletExport.HandleAsync).Require(Right.ManageTablets);
    }
}
