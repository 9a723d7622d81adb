namespace Metamorph.Sandbox;

/// <summary>A value of the metadata log, with what it was before while somebody may still believe that.</summary>
internal sealed class Versioned<T>(T initial)
{
    private readonly List<(long Offset, T Value)> versions = [(0, initial)];

    public T Now => versions[^1].Value;

    public T AsOf(long applied)
    {
        for (var i = versions.Count - 1; i > 0; i--)
        {
            if (versions[i].Offset <= applied)
            {
                return versions[i].Value;
            }
        }

        return versions[0].Value;
    }

    public void Become(T value, long offset) => versions.Add((offset, value));

    /// <summary>Forgets what nobody believes any more.</summary>
    public void Forget(long appliedByAll)
    {
        var keepFrom = versions.FindLastIndex(version => version.Offset <= appliedByAll);
        if (keepFrom > 0)
        {
            versions.RemoveRange(0, keepFrom);
        }
    }
}
