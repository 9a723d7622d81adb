using System.Diagnostics;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.Benchmarks.WholeProgram;

/// <summary>Metamorph as <c>./metamorph</c> builds and starts it.</summary>
/// <param name="path">The program itself, so that the launcher's shell is not measured with it.</param>
internal sealed class Launched(string path)
{
    // Short against an upgrade, and the peak is one that the kernel keeps: only growth in the last turn is missed.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(20);

    // A roll of three nodes takes half a minute on an idle machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Has the launcher of this repository build the program, unless it is current.</summary>
    public static Launched Build()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Metamorph.slnx")))
        {
            root = root.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is in no checkout of Metamorph");
        }

        new Launched(Path.Combine(root.FullName, "metamorph")).Run("--help");
        var current = new DirectoryInfo(Path.Combine(root.FullName, "artifacts", "launcher", "current"));
        return new Launched(Path.Combine(current.ResolveLinkTarget(returnFinalTarget: true)!.FullName, "metamorph"));
    }

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="InvalidOperationException">The exit code is not 0; the message has all that it wrote.</exception>
    public Cost Run(params string[] arguments)
    {
        var since = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var peak = 0L;
        while (!process.WaitForExit(Turn))
        {
            peak = Math.Max(peak, PeakOf(process));
            if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                process.Kill();
                throw new TimeoutException($"metamorph {string.Join(' ', arguments)}: still running after {Patience.TotalMinutes} min");
            }
        }

        var took = Stopwatch.GetElapsedTime(since);
        var result = new ToolResult($"metamorph {string.Join(' ', arguments)}", process.ExitCode, output.Result, error.Result);
        result.Require();
        return new Cost(took, peak);
    }

    // VmHWM of /proc/PID/status: the most that was ever resident.
    private static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It ended just now.
            return 0;
        }
    }
}
