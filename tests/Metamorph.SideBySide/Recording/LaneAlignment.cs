namespace Metamorph.SideBySide.Recording;

/// <summary>Lays two sequences of states beside each other so that as much as possible is the same.</summary>
internal static class LaneAlignment
{
    /// <summary>A state that lasts must find its like before any that does not.</summary>
    private const int WeightOfLasting = 1000;

    /// <summary>The longest common subsequence, by weight: pairs of indexes.</summary>
    public static IReadOnlyList<(int Left, int Right)> Of(IReadOnlyList<LaneState> left, IReadOnlyList<LaneState> right)
    {
        var best = new long[left.Count + 1, right.Count + 1];
        for (var i = left.Count - 1; i >= 0; i--)
        {
            for (var j = right.Count - 1; j >= 0; j--)
            {
                best[i, j] = Math.Max(best[i + 1, j], best[i, j + 1]);
                if (left[i].State == right[j].State)
                {
                    best[i, j] = Math.Max(best[i, j], best[i + 1, j + 1] + WeightOf(left[i], right[j]));
                }
            }
        }

        return [.. Walk(best, left, right)];
    }

    private static IEnumerable<(int Left, int Right)> Walk(
        long[,] best, IReadOnlyList<LaneState> left, IReadOnlyList<LaneState> right)
    {
        for (int i = 0, j = 0; i < left.Count && j < right.Count;)
        {
            if (left[i].State == right[j].State && best[i, j] == best[i + 1, j + 1] + WeightOf(left[i], right[j]))
            {
                yield return (i++, j++);
            }
            else if (best[i, j] == best[i + 1, j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }
    }

    private static long WeightOf(LaneState left, LaneState right) =>
        1 + (left.IsFleeting ? 0 : WeightOfLasting) + (right.IsFleeting ? 0 : WeightOfLasting);
}
