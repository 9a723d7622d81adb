namespace Metamorph.Sandbox;

/// <summary>How much of the memory the requests that are being read may take together.</summary>
internal sealed class ByteBudget(long bytes)
{
    private long left = bytes;

    /// <summary>What nobody has taken.</summary>
    public long Left => Interlocked.Read(ref left);

    public bool TryTake(int count)
    {
        if (Interlocked.Add(ref left, -count) >= 0)
        {
            return true;
        }

        GiveBack(count);
        return false;
    }

    public void GiveBack(long count) => Interlocked.Add(ref left, count);
}
