namespace Metamorph.Cli;

/// <summary>A file that the operator named with <c>--out</c>.</summary>
internal static class OutputFile
{
    /// <exception cref="CommandException">It cannot be written.</exception>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(path, text, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.BadInput, $"--out: {path} cannot be written: {e.Message}");
        }
    }
}
