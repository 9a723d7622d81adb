using System.CommandLine;

namespace Metamorph.Cli;

/// <summary>The entry point: parses the command line, runs the command, and turns every ending into an exit code.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        var parsed = CommandTree.Build().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Terminal.Warn($"metamorph: {error.Message}");
            }

            Terminal.Warn("metamorph: try 'metamorph --help'");
            return ExitCode.BadInput;
        }

        try
        {
            // Ctrl-C is not the library's to handle: it halts a run between two steps.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception e)
        {
            var (code, message) = Failure.Of(e);
            Terminal.Warn($"metamorph: {message}");
            return code;
        }
    }
}
