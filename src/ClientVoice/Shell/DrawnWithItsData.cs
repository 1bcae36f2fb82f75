// A page is drawn once, with its data. The framework's own base class draws a component a first time while its data is still
// on its way: with a database in the house that never shows, with one elsewhere every page would have to do without its data.
using Microsoft.AspNetCore.Components;

namespace ClientVoice.Shell;

/// <summary>The base of every component here (<c>_Imports.razor</c>): it is drawn when what it waits for is there.</summary>
public abstract class DrawnWithItsData : ComponentBase
{
    private bool isInitialised;

    /// <inheritdoc />
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!isInitialised)
        {
            isInitialised = true;
            OnInitialized();
            await OnInitializedAsync();
        }

        OnParametersSet();
        await OnParametersSetAsync();
        StateHasChanged();
    }
}
