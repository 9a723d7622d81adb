using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace Metamorph.Nodes;

/// <summary>Starts a program that outlives us: in a session of its own, away from our terminal, pipes and files.</summary>
internal static class DetachedStart
{
    // The inner shell says its pid and becomes the program, so the pid is the program's. Closing what we inherited
    // ourselves (a lock, a pipe of whoever runs us) keeps a node from holding it for years.
    private const string Script =
        """
        out=$1; shift
        exec 3>&1 </dev/null >>"$out" || exit
        for link in /proc/self/fd/*; do
          fd=${link##*/}
          if [ "$fd" -gt 3 ]; then eval "exec $fd>&-"; fi
        done
        echo $$ >&3
        exec 3>&- 2>&1
        exec "$@"
        """;

    /// <returns>The program's pid.</returns>
    /// <exception cref="IOException">Nothing was started.</exception>
    public static async Task<int> StartAsync(
        string output, ImmutableArray<string> command, IReadOnlyDictionary<string, string> env,
        CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("setsid")
        {
            ArgumentList = { "--fork", "/bin/bash", "-c", Script, "metamorph-start", output },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var argument in command)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in env)
        {
            start.Environment[name] = value;
        }

        using var setsid = Start(start);
        var pid = await setsid.StandardOutput.ReadLineAsync(cancellationToken);
        await setsid.WaitForExitAsync(cancellationToken);
        return int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new IOException(
                $"setsid did not start {command[0]}: {await setsid.StandardError.ReadToEndAsync(cancellationToken)}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new IOException($"setsid (util-linux) cannot be run: {e.Message}", e);
        }
    }
}
