namespace Metamorph.Reporting;

/// <summary>Numbers, durations and lists as people read them.</summary>
public static class Quantity
{
    /// <summary>How many names of a long list are shown before the rest is counted.</summary>
    public const int Shown = 3;

    /// <summary><c>2.4 s</c>, <c>42 s</c>, <c>3 min 20 s</c>, <c>1 h 05 min</c>.</summary>
    public static string Of(TimeSpan time) => time switch
    {
        { Ticks: < 0 } => Of(TimeSpan.Zero),
        { TotalSeconds: < 9.95 } => $"{time.TotalSeconds:0.0} s",
        { TotalSeconds: < 59.5 } => $"{time.TotalSeconds:0} s",
        { TotalSeconds: < 3599.5 } => Minutes(time),
        _ => Hours((long)Math.Round(time.TotalMinutes)),
    };

    /// <summary>As <see cref="Of(TimeSpan)"/>, and a dash for what took no time: it did not happen, or nobody saw it.</summary>
    public static string OrDash(TimeSpan time) => time == TimeSpan.Zero ? "–" : Of(time);

    /// <summary><c>1 partition</c>, <c>12 partitions</c>.</summary>
    public static string Of(long count, string one) => count == 1 ? $"1 {one}" : $"{Of(count)} {PluralOf(one)}";

    /// <summary><c>1 204 331</c>: thousands with a thin space, which no language reads as a decimal point.</summary>
    public static string Of(long count) => count.ToString("#,0").Replace(',', '\u202F');

    /// <summary>The first few by name, and how many more there are: <c>orders-0, orders-3 and 12 more</c>.</summary>
    public static string List(IReadOnlyList<string> names, int shown = Shown) => names.Count switch
    {
        0 => "none",
        1 => names[0],
        _ when names.Count <= shown => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
        _ => $"{string.Join(", ", names.Take(shown))} and {Of(names.Count - shown)} more",
    };

    private static string Hours(long minutes) => $"{minutes / 60} h {minutes % 60:00} min";

    private static string Minutes(TimeSpan time)
    {
        var seconds = (long)Math.Round(time.TotalSeconds);
        return seconds % 60 == 0 ? $"{seconds / 60} min" : $"{seconds / 60} min {seconds % 60:00} s";
    }

    private static string PluralOf(string one) => one.EndsWith('y') ? $"{one[..^1]}ies" : $"{one}s";
}
