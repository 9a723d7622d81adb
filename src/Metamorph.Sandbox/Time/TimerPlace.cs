namespace Metamorph.Sandbox;

/// <summary>When a timer fires: by its time, and by the turn of setting where times are the same.</summary>
/// <remarks>Comparable by itself: a queue that is given a comparer calls it through an interface, millions of times.</remarks>
internal readonly record struct TimerPlace(DateTimeOffset Due, long Turn) : IComparable<TimerPlace>
{
    public int CompareTo(TimerPlace other)
    {
        var (left, right) = (Due.UtcTicks, other.Due.UtcTicks);
        return left != right ? left.CompareTo(right) : Turn.CompareTo(other.Turn);
    }
}
