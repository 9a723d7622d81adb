namespace Metamorph.RealKafka;

public sealed class MetamorphProcessTests
{
    [Fact]
    public async Task The_built_program_runs_to_its_end()
    {
        await using var metamorph = MetamorphProcess.Start(Path.GetTempPath(), "--help");

        Assert.Equal(0, await metamorph.WaitForExitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(0, metamorph.ExitCode);
    }

    [Fact]
    public async Task An_end_without_the_awaited_line_is_said_at_once()
    {
        await using var metamorph = MetamorphProcess.Start(Path.GetTempPath(), "--help");

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            metamorph.WaitForLineAsync(line => line == "never written", TimeSpan.FromSeconds(30)));
    }
}
