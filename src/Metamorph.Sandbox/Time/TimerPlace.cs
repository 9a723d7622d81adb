namespace Metamorph.Sandbox;

/// <summary>When a timer fires: by its time, and by the turn of setting where times are the same.</summary>
internal readonly record struct TimerPlace(DateTimeOffset Due, long Turn)
{
    public static IComparer<TimerPlace> Order { get; } = new ByDueAndTurn();

    private sealed class ByDueAndTurn : IComparer<TimerPlace>
    {
        public int Compare(TimerPlace x, TimerPlace y)
        {
            var (left, right) = (x.Due.UtcTicks, y.Due.UtcTicks);
            return left != right ? left.CompareTo(right) : x.Turn.CompareTo(y.Turn);
        }
    }
}
