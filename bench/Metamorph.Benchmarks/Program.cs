using Metamorph.Benchmarks;
using Metamorph.Benchmarks.Codec;
using Metamorph.Benchmarks.Embedded;
using Metamorph.Benchmarks.WholeProgram;

// Each suite prints a short table and says whether its goals were met; the exit code is for CI.
var scoreboard = new Scoreboard();
switch (args)
{
    case ["codec"]:
        MetadataDecode.Run(scoreboard);
        CodecRatio.Run(scoreboard);
        break;
    case ["sandbox"]:
        await LargeCluster.RunAsync(scoreboard);
        await ProduceRate.RunAsync(scoreboard);
        LargeRoll.Run(scoreboard);
        break;
    case ["sandbox", "snapshot"]:
        await LargeCluster.RunAsync(scoreboard);
        break;
    case ["sandbox", "produce"]:
        await ProduceRate.RunAsync(scoreboard);
        break;
    case ["sandbox", "roll"]:
        LargeRoll.Run(scoreboard);
        break;
    case ["program"] when UpgradeOfThree.FindReleases() is { } releases:
        await UpgradeOfThree.RunAsync(scoreboard, releases);
        break;
    case ["program"]:
        Console.Error.WriteLine($"NOT RUN: {Releases.Variable} names no folder with kafka_2.13-{UpgradeOfThree.From} and kafka_2.13-{UpgradeOfThree.To}. No goal was checked.");
        return 3;
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project bench/Metamorph.Benchmarks -- codec | sandbox [snapshot|produce|roll] | program");
        return 2;
}

scoreboard.Add("this machine, now: sorting ten million numbers", Measure.SecondsToSort(), goal: null, "s");
scoreboard.Print(Console.Out);
return scoreboard.AllMet ? 0 : 1;
