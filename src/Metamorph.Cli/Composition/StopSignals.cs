using System.Runtime.InteropServices;

namespace Metamorph.Cli;

/// <summary>Two ways to stop: the first Ctrl-C (or SIGTERM) finishes the step in hand, the second ends the waiting at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource halt = new();
    private readonly CancellationTokenSource cancel = new();
    private readonly PosixSignalRegistration[] registrations;

    /// <param name="heard">Told which time it is, 1 or 2.</param>
    public StopSignals(Action<int> heard)
    {
        registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            var isSecond = halt.IsCancellationRequested;

            // First the deed: the terminal that would show the words may be what has just gone.
            (isSecond ? cancel : halt).Cancel();
            heard(isSecond ? 2 : 1);
        }))];
    }

    public CancellationToken Halt => halt.Token;

    public CancellationToken Cancel => cancel.Token;

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        halt.Dispose();
        cancel.Dispose();
    }
}
