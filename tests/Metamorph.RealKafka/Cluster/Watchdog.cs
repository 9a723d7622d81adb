using System.Diagnostics;

namespace Metamorph.RealKafka.Cluster;

/// <summary>Ends a cluster's processes and deletes its folder, even when the test host dies before it could.</summary>
/// <remarks>
/// A shell in a session of its own that reads from a pipe held by this process. The kernel closes the pipe whichever way
/// the process ends; the shell then kills all that names a path inside the folder: nodes, tools, Metamorph.
/// </remarks>
internal sealed class Watchdog : IDisposable
{
    private const string Script = """
        trap '' HUP INT TERM
        read -r _
        for round in 1 2 3; do
          for process in /proc/[0-9]*; do
            if { tr '\0' '\n' < "$process/cmdline"; } 2>/dev/null | grep -q "^$1/"; then kill -9 "${process#/proc/}"; fi
          done
          rm -rf "$1" && exit
        done
        """;

    private readonly Process shell;

    private Watchdog(Process shell) => this.shell = shell;

    public static Watchdog Over(string folder) =>
        new(Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", Script, "metamorph-watchdog", folder])
        {
            RedirectStandardInput = true,
        })!);

    /// <summary>Sets it off at once, and waits until it is done.</summary>
    public void Dispose()
    {
        shell.StandardInput.Close();
        shell.WaitForExit();
        shell.Dispose();
    }
}
