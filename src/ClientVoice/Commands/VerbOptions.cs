using System.Globalization;

namespace ClientVoice.Commands;

/// <summary>The options of a verb: <c>--name value</c>. What is left over goes to the configuration.</summary>
internal sealed class VerbOptions
{
    private readonly Dictionary<string, List<string>> values = [];
    private readonly HashSet<string> flags = [];

    /// <param name="known">Options with a value.</param>
    /// <param name="knownFlags">Options without.</param>
    /// <exception cref="UsageException">An option or word that is not known, or a value that is missing.</exception>
    public VerbOptions(string verb, string[] args, string[] known, string[] knownFlags)
    {
        var settings = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : throw new UsageException($"{verb}: '{args[i]}' is not expected here.");
            if (knownFlags.Contains(name))
            {
                flags.Add(name);
            }
            else if (known.Contains(name))
            {
                (values.TryGetValue(name, out var given) ? given : values[name] = []).Add(i + 1 < args.Length ? args[++i] : throw new UsageException($"{verb}: --{name} needs a value."));
            }
            else if (name.Contains(':', StringComparison.Ordinal) || name.StartsWith("urls", StringComparison.Ordinal) || name.StartsWith("environment", StringComparison.Ordinal))
            {
                settings.Add(args[i]);
                if (!name.Contains('=', StringComparison.Ordinal) && i + 1 < args.Length)
                {
                    settings.Add(args[++i]);
                }
            }
            else
            {
                throw new UsageException($"{verb}: there is no option --{name}.");
            }
        }

        Settings = [.. settings];
    }

    /// <summary>For the configuration: <c>--urls</c>, <c>--environment</c> and <c>--Section:Key</c>.</summary>
    public string[] Settings { get; }

    public bool Has(string flag) => flags.Contains(flag);

    /// <summary>What was given, the last time where it was given more often.</summary>
    public string? Text(string name) => values.GetValueOrDefault(name)?[^1];

    /// <summary>Everything that was given, in order.</summary>
    public IReadOnlyList<string> Texts(string name) => values.GetValueOrDefault(name) ?? [];

    public int Number(string verb, string name, int otherwise, int least, int most) =>
        Text(name) is not { } text
            ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : throw new UsageException($"{verb}: --{name} is a whole number from {least} to {most}.");
}
