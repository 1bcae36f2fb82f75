// Tests are run by the test host. Started by itself, this assembly is what a test needs beside the service.
using ClientVoice.Tests.Access;

if (args is not [SmallProvider.Argument])
{
    await Console.Error.WriteLineAsync("Run the tests with dotnet test.");
    return 1;
}

await ProviderProcess.RunAsync();
return 0;
