using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Metamorph.Model;

namespace Metamorph.Nodes;

/// <summary>Finds the Java that a node's start script would take, and its version.</summary>
internal static partial class JavaHome
{
    // A JVM answers -version in some 50 ms; on a machine that needs longer than this nothing else would work either.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The path of the <c>java</c> that the environment leads to; null when it leads to none.</summary>
    /// <param name="variable">The environment that the node is started with.</param>
    public static string? Executable(Func<string, string?> variable)
    {
        if (variable("JAVA_HOME") is { Length: > 0 } home)
        {
            var java = Path.Combine(home, "bin", "java");
            return Libc.MayExecute(java) ? java : null;
        }

        return (variable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "java"))
            .FirstOrDefault(java => File.Exists(java) && Libc.MayExecute(java));
    }

    /// <summary>The major version: 8, 11, 17.</summary>
    public static async Task<Observed<int>> MajorOfAsync(string java, TimeProvider time, CancellationToken cancellationToken) =>
        MajorByReleaseFile(java) is { } major ? Observed<int>.Of(major) : await AskAsync(java, time, cancellationToken);

    internal static int? MajorIn(string version)
    {
        // Until 8 versions began with 1: 1.8.0_392.
        var match = Version().Match(version);
        return match.Success && int.TryParse(match.Groups["major"].Value, CultureInfo.InvariantCulture, out var major) ? major : null;
    }

    /// <summary>By the file <c>release</c> of the JDK, beside <c>bin/</c>, or above <c>jre/bin/</c> in old ones.</summary>
    private static int? MajorByReleaseFile(string java)
    {
        const string Prefix = "JAVA_VERSION=";
        for (var folder = Path.GetDirectoryName(Path.GetDirectoryName(Libc.RealPath(java))); folder is not null;
             folder = Path.GetFileName(folder) == "jre" ? Path.GetDirectoryName(folder) : null)
        {
            var release = Path.Combine(folder, "release");
            if (File.Exists(release)
                && File.ReadLines(release).FirstOrDefault(line => line.StartsWith(Prefix, StringComparison.Ordinal)) is { } line)
            {
                return MajorIn(line[Prefix.Length..].Trim('"'));
            }
        }

        return null;
    }

    private static async Task<Observed<int>> AskAsync(string java, TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(java, "-version")
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                RedirectStandardInput = true,
            })!;
            var said = await process.StandardError.ReadToEndAsync(either.Token);
            var quoted = said.Split('"');
            return quoted.Length > 1 && MajorIn(quoted[1]) is { } major
                ? Observed<int>.Of(major)
                : Observed<int>.Unknown($"{java} -version says '{said.Trim()}'");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return Observed<int>.Unknown($"{java} cannot be run ({e.Message})");
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Observed<int>.Unknown($"{java} -version did not answer in {Patience.TotalSeconds} s");
        }
    }

    [GeneratedRegex(@"^(?:1\.)?(?<major>\d+)")]
    private static partial Regex Version();
}
