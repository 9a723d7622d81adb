using System.Runtime.InteropServices;

namespace Metamorph.Cli;

/// <summary>Two ways to stop: the first Ctrl-C (or SIGTERM) finishes the step in hand, the second ends the waiting at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private const int Interrupt = 2;
    private const nint DefaultAction = 0;

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

    /// <summary>
    /// Lets an interrupt through that the shell has ignored, as it does for what a script puts into the background: the runtime
    /// leaves alone what is ignored. For a program that nobody minds ending; to be called before anything of the console is
    /// used, for then the runtime has made up its mind.
    /// </summary>
    public static void HearInterrupts()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        const string Ignored = "SigIgn:";
        var ignored = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Ignored, StringComparison.Ordinal));
        if ((Convert.ToUInt64(ignored[Ignored.Length..].Trim(), 16) & (1UL << (Interrupt - 1))) != 0)
        {
            SetAction(Interrupt, DefaultAction);
        }
    }

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        halt.Dispose();
        cancel.Dispose();
    }

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint SetAction(int signal, nint action);
}
