// An empty organisation is led from nothing to a first conversation, one step at a time. What is done is read from what is there,
// not ticked: whoever fills a list from Excel has done a step as well.
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Shell;

namespace ClientVoice.Choices.FirstSteps;

/// <summary>A step on the way to the first conversation.</summary>
internal sealed record FirstStep(LocalText Title, LocalText Why, string Address, Right Right, bool Done);

/// <summary>Knows which of the steps are done: five, and pairing a tablet where only paired ones come in.</summary>
internal sealed class FirstStepsReader(ClientStore clients, ChoiceStore choices, StaffStore staff, Devices devices, TimeProvider time)
{
    // An organisation that is set up stays so: nobody pays for looking again.
    private volatile bool complete;

    /// <summary>The steps in order; empty where all are done.</summary>
    public async Task<IReadOnlyList<FirstStep>> OpenAsync(CancellationToken cancel)
    {
        if (complete)
        {
            return [];
        }

        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var sizes = await clients.GroupSizesAsync(today, cancel);
        List<FirstStep> steps =
        [
            new(new("Een plek", "A place"), new("Waar cliënten wonen of begeleiding krijgen. Eén is genoeg.", "Where clients live or are supported. One is enough."),
                "/places#new", Right.ManagePlaces, (await clients.PlacesAsync(cancel)).Any(p => p.ParentId is not null)),
            new(new("Een cliëntgroep", "A client group"), new("Mensen die op dezelfde manier worden gevraagd.", "People who are asked in the same way."),
                "/groups/new", Right.ManagePlaces, (await clients.GroupsAsync(cancel)).Count > 0),
            new(new("Een instrument kiezen", "Choosing an instrument"), new("De manier van vragen die bij deze groep past.", "The way of asking that fits this group."),
                "/choices", Right.ChooseInstruments, (await choices.AllAsync(cancel)).Any(c => c.UntilOn is null || c.UntilOn >= today)),
            new(new("Een cliënt", "A client"), new("Eén om mee te beginnen; een hele lijst kan later.", "One to begin with; a whole list can come later."),
                "/clients/new", Right.ManageClients, sizes.Count > 0),
            new(new("Een begeleider", "A support worker"), new("Wie het gesprek voert. U geeft een link om een wachtwoord te zetten.", "Who holds the conversation. You hand over a link to set a password."),
                "/staff/new", Right.ManagePeople, await staff.AnyWorkerAsync(cancel)),
        ];
        if (!devices.UnpairedMayEnter)
        {
            steps.Add(new(new("Een tablet koppelen", "Pairing a tablet"), new("Zonder koppeling komt een tablet er niet in. U geeft hem een naam en typt op de tablet een code over.", "A tablet that is not paired does not get in. You name it and type a code on the tablet."),
                "/tablets", Right.ManageTablets, await devices.AnyPairedAsync(cancel)));
        }

        complete = steps.TrueForAll(s => s.Done);
        return complete ? [] : steps;
    }
}
