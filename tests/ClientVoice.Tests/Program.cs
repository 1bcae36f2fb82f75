// Tests are run by the test host. Started by itself, this assembly is what a test needs beside the service.
using ClientVoice.Tests.Access;
using ClientVoice.Tests.Faults;

switch (args)
{
    case [SmallProvider.Argument]:
        await ProviderProcess.RunAsync();
        return 0;
    case [IngestHost.Argument, var folder, var instruments]:
        await IngestHost.RunAsync(folder, instruments);
        return 0;
    default:
        await Console.Error.WriteLineAsync("Run the tests with dotnet test.");
        return 1;
}
