using Metamorph.Journal;

namespace Metamorph.Cli;

/// <summary>Finds the run that an operator means.</summary>
internal static class RunLookup
{
    /// <exception cref="CommandException">There is no such run.</exception>
    public static string Find(string runsDirectory, string? name) => name is null
        ? Runs.Latest(runsDirectory) ?? throw new CommandException(ExitCode.BadInput, $"{Path.GetFullPath(runsDirectory)}: no runs there, expected one; see --run-dir")
        : Runs.Find(runsDirectory, name) ?? throw new CommandException(ExitCode.BadInput, $"RUN: '{name}' is neither a run of {Path.GetFullPath(runsDirectory)} nor a run directory");
}
