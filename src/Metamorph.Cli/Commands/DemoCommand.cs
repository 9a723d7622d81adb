using System.CommandLine;

namespace Metamorph.Cli;

internal static class DemoCommand
{
    public static Command Build() => new("demo", "A cluster, live clients, a full upgrade, a verdict.");
}
