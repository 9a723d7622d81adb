namespace Metamorph.Sandbox;

/// <summary>Random numbers from a seed (SplitMix64): the same ones on every machine and every version of .NET.</summary>
public sealed class Entropy(ulong seed)
{
    private ulong state = seed;

    /// <summary>Sixty-four random bits.</summary>
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from 0 up to, and without, <paramref name="below"/>.</summary>
    public int Next(int below) => (int)(Next() % (ulong)below);

    /// <summary>A number of the range, both ends included.</summary>
    public int Between(int min, int max) => min + Next(max - min + 1);

    /// <summary>A duration of the range.</summary>
    public TimeSpan Between(TimeSpan min, TimeSpan max) =>
        max <= min ? min : min + TimeSpan.FromTicks((long)(Next() % (ulong)(max - min).Ticks));

    /// <summary>True this often.</summary>
    public bool Chance(int percent) => Next(100) < percent;

    /// <summary>One of them.</summary>
    public T Pick<T>(IReadOnlyList<T> among) => among[Next(among.Count)];

    /// <summary>An id such as Kafka gives to topics and incarnations.</summary>
    public Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Next());
        BitConverter.TryWriteBytes(bytes[8..], Next());
        return new Guid(bytes);
    }
}
