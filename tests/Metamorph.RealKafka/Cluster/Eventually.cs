using System.Diagnostics;

namespace Metamorph.RealKafka.Cluster;

/// <summary>Waits for other processes, which announce themselves in files and <c>/proc</c> only.</summary>
internal static class Eventually
{
    // Short against what is awaited (a JVM takes a second), long enough to leave the cores to it.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <exception cref="TimeoutException">It did not come true; the message says what was awaited.</exception>
    public static async Task TrueAsync(Func<bool> isTrue, TimeSpan patience, string awaited, CancellationToken cancellationToken = default)
    {
        var since = Stopwatch.GetTimestamp();
        while (!isTrue())
        {
            if (Stopwatch.GetElapsedTime(since) > patience)
            {
                throw new TimeoutException($"{awaited}: not within {patience.TotalSeconds:0.#} s");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
