// Where things are: in a published service everything lies beside the program, in a checkout it is the
// repository. Paths that a person types are meant from where that person stands.
namespace ClientVoice.Commands;

internal static class HousePaths
{
    /// <summary>The folder with <c>wwwroot</c> and the settings.</summary>
    public static string Content { get; } = FindContent();

    /// <summary>The folder that holds <c>instruments</c> and, by default, <c>data</c>.</summary>
    public static string House { get; } = Directory.Exists(Path.Combine(Content, "instruments"))
        ? Content
        : Path.GetFullPath(Path.Combine(Content, "..", ".."));

    /// <summary>A path as typed: `dotnet run` may have moved to the project's folder, the shell says where it came from.</summary>
    public static string FromCaller(string path)
    {
        var here = Path.GetFullPath(path);
        var shell = Environment.GetEnvironmentVariable("PWD");
        return Path.IsPathRooted(path) || Path.Exists(here) || shell is null ? here : Path.GetFullPath(path, shell);
    }

    private static string FindContent()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var project = Path.Combine(folder.FullName, "src", "ClientVoice");
            if (File.Exists(Path.Combine(project, "ClientVoice.csproj")))
            {
                return project;
            }
        }

        return AppContext.BaseDirectory;
    }
}
