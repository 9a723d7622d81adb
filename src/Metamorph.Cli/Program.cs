namespace Metamorph.Cli;

/// <summary>The entry point: builds the command tree and turns its outcome into an exit code.</summary>
internal static class Program
{
    private static int Main() => 0;
}
