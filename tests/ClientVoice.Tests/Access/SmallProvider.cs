// The provider that tests sign in with. It runs outside the process of the service, as a real one does: what passes between them, passes
// over the network only.
using System.Diagnostics;
using System.Net.Http.Json;

namespace ClientVoice.Tests.Access;

/// <summary>Somebody at the provider.</summary>
internal sealed record ProviderUser(string Subject, string Email, bool EmailVerified, params string[] Groups);

/// <summary>How the provider is to be.</summary>
/// <param name="User">Who is signed in there.</param>
/// <param name="Forges">Signs with a key that is not among those it shows.</param>
internal sealed record ProviderState(ProviderUser User, bool Forges);

/// <summary>Starts the provider, drives it and ends it.</summary>
internal sealed class SmallProvider : IAsyncDisposable
{
    public const string ClientId = "clientvoice";
    public const string ClientSecret = "a secret of the tests";

    /// <summary>What this assembly is started with to be the provider.</summary>
    public const string Argument = "provider";

    private readonly Process process;
    private readonly HttpClient client;

    private SmallProvider(Process process, string authority)
    {
        (this.process, Authority) = (process, authority);
        client = new HttpClient { BaseAddress = new Uri(authority) };
    }

    public string Authority { get; }

    public static async Task<SmallProvider> StartAsync()
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(SmallProvider).Assembly.Location, Argument]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        return new SmallProvider(process, await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The provider did not start."));
    }

    /// <summary>Somebody is signed in there from now on.</summary>
    /// <param name="forges">Whether it signs with a key that is not among those it shows.</param>
    public async Task UseAsync(ProviderUser user, bool forges = false)
    {
        using var answer = await client.PutAsJsonAsync("/state", new ProviderState(user, forges));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>From now on another key signs, and the one before is gone.</summary>
    public async Task RotateAsync()
    {
        using var answer = await client.PostAsync("/rotate", null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How often the keys were fetched.</summary>
    public Task<int> KeysFetchedAsync() => client.GetFromJsonAsync<int>("/fetched");

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        // It ends by itself when nobody holds on to it, also after a test run that was cut off.
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
