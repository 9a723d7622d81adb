namespace Metamorph.Cli;

/// <summary>A command cannot go on; the message is all that the operator needs, the code is what a script sees.</summary>
internal sealed class CommandException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
