using Metamorph.Simulation;

// The tests; or, for ./test simulation and ./test mutants, one seed or many of them:
//   replay SEED | campaign FROM COUNT | hunt FROM COUNT (as campaign, up to the first broken one)
switch (args)
{
    case ["replay", var seed]:
        var (lines, isBroken) = Campaign.Replay(ulong.Parse(seed));
        Console.WriteLine(string.Join('\n', lines));
        Console.WriteLine(isBroken ? "0 passed, 1 failed, 0 skipped" : "1 passed, 0 failed, 0 skipped");
        return isBroken ? 1 : 0;
    case ["campaign" or "hunt", var from, var count]:
        var campaign = new Campaign(ulong.Parse(from), int.Parse(count))
        {
            StopsAtFirst = args[0] == "hunt",
            Told = story => Console.WriteLine($"{story}\n"),
        };
        campaign.Run();
        Console.WriteLine(campaign.Summary);
        Console.WriteLine($"{int.Parse(count) - campaign.Broken.Count} passed, {campaign.Broken.Count} failed, 0 skipped");
        return campaign.Broken.Count > 0 ? 1 : 0;
    default:
        return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
}
