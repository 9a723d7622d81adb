using System.CommandLine;

namespace Metamorph.Cli;

internal static class TrafficCommand
{
    public static Command Build() => new("traffic", "A producer and a consumer that account for every record.");
}
