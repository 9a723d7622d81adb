using Metamorph.Benchmarks;
using Metamorph.Benchmarks.Codec;

// Each suite prints a short table and says whether its goals were met; the exit code is for CI.
if (args is not ["codec"])
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project bench/Metamorph.Benchmarks -- codec");
    return 2;
}

var scoreboard = new Scoreboard();
MetadataDecode.Run(scoreboard);
CodecRatio.Run(scoreboard);
scoreboard.Print(Console.Out);
return scoreboard.AllMet ? 0 : 1;
