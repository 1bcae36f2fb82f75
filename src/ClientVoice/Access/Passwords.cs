using ClientVoice.Shell;

namespace ClientVoice.Access;

/// <summary>What a password must be: long. Rules on kinds of characters make passwords that people write down.</summary>
internal static class Passwords
{
    /// <summary>Twelve characters are beyond guessing over a network that takes ten attempts in five minutes.</summary>
    public const int Shortest = 12;

    /// <summary>Long enough for any sentence; hashing costs the same for all.</summary>
    public const int Longest = 200;

    // Out of four, by the list of common passwords, names, words and keyboard walks of zxcvbn: from here on it takes a hundred million tries.
    private const int StrongEnough = 3;

    // Beyond this zxcvbn takes long, and says nothing else any more.
    private const int LooksAt = 60;

    // Dutch and our own, which the library does not know: a password of few different characters, or one that begins like these, is among the first that are tried.
    private static readonly string[] Common = ["123456789012", "wachtwoord", "password", "welkom", "welcome", "qwertyuiop", "clientvoice"];

    /// <summary>What is wrong with it; null where nothing is.</summary>
    /// <param name="email">Of whose it will be; a password is not the address.</param>
    public static string? Fault(string password, string? email, Language l) =>
        password.Length < Shortest ? l[$"Gebruik minstens {Shortest} tekens. Een zin van vier woorden is goed te onthouden.", $"Use at least {Shortest} characters. A sentence of four words is easy to remember."]
        : password.Length > Longest ? l[$"Gebruik hoogstens {Longest} tekens.", $"Use {Longest} characters at most."]
        : password.Distinct().Count() < 5 || (Common.FirstOrDefault(c => password.StartsWith(c, StringComparison.OrdinalIgnoreCase)) is { } common && password.Length < common.Length + 8)
          || (email is { Length: > 0 } && password.Contains(email, StringComparison.OrdinalIgnoreCase))
          || Zxcvbn.Zxcvbn.MatchPassword(password.Length > LooksAt ? password[..LooksAt] : password, [email ?? "", "clientvoice", "wachtwoord", "welkom"]).Score < StrongEnough
            ? l["Dit wachtwoord is te makkelijk te raden. Neem een zin die alleen u bedenkt.", "This password is too easy to guess. Take a sentence that only you would think of."]
            : null;
}
