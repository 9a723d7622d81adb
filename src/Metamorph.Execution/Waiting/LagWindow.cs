using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>Remembers a snapshot some seconds old, to tell a falling lag from one that jitters between two looks.</summary>
internal sealed class LagWindow
{
    private static readonly TimeSpan Width = TimeSpan.FromSeconds(5);

    private ClusterSnapshot? reference;

    /// <summary>Older than this it is from before a restart, and says nothing of the lag's direction now.</summary>
    private static readonly TimeSpan Horizon = 3 * Width;

    /// <returns>A snapshot five to fifteen seconds older than <paramref name="now"/>; null while there is none.</returns>
    public ClusterSnapshot? Before(ClusterSnapshot now)
    {
        var age = now.TakenAt - (reference?.TakenAt ?? now.TakenAt);
        var before = age >= Width && age <= Horizon ? reference : null;
        if (reference is null || age >= 2 * Width)
        {
            reference = now;
        }

        return before;
    }
}
