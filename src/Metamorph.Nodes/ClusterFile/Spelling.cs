namespace Metamorph.Nodes;

/// <summary>Guesses which word was meant.</summary>
internal static class Spelling
{
    /// <summary>The candidate that differs by the fewest letters; null when none is close enough to be worth a guess.</summary>
    public static string? Nearest(string meant, ReadOnlySpan<string> candidates)
    {
        // Two slips, and never more than half of the word: 'hmoe' is two letters from 'home', 'x' is near nothing.
        var best = Math.Min(2, meant.Length / 2);
        string? nearest = null;
        foreach (var candidate in candidates)
        {
            var distance = Distance(meant.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < best || (distance == best && nearest is null))
            {
                best = distance;
                nearest = candidate;
            }
        }

        return nearest;
    }

    /// <summary>Levenshtein's: letters to insert, drop or change.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var change = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
