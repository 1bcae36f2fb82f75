using System.Globalization;

namespace ClientVoice.Shell.Lists;

/// <summary>How names are searched in every list.</summary>
public static class NameSearch
{
    /// <summary>Whether every word that was typed stands in the name, in any order; capitals and accents do not matter.</summary>
    public static bool Matches(string name, string search) => search.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(name, word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0);
}
