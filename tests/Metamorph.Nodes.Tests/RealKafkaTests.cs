using System.Diagnostics;
using Metamorph.Model;

namespace Metamorph.Nodes.Tests;

/// <summary>The driver on one combined KRaft node of real Apache Kafka.</summary>
public sealed class RealKafkaTests
{
    private static readonly KafkaRelease Old = new(3, 9, 2);
    private static readonly KafkaRelease New = new(4, 3, 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broker_that_somebody_else_started_is_found_stopped_flipped_and_started_on_the_next_release()
    {
        await using var site = await FormattedAsync();
        await using var driver = site.Driver();
        var byHand = site.StartByHand(config: Path.GetFileName(site.Options.Config), workingFolder: site["node"]);
        await site.Wrote("Kafka Server started");

        var before = await driver.ObserveAsync(Token);
        Assert.Equal(byHand.Id, before.Process!.Pid);
        Assert.Equal(Old, before.Process.Release.Value);
        Assert.Equal(Old, before.Installed.Value);
        Assert.Empty(before.OtherPids);
        Assert.True(before.RegistrationEpoch.IsKnown, before.RegistrationEpoch.Why);
        Assert.Empty(NodeCheck.Check([site.Options]));

        // Somebody flips home under the running broker: what runs stays what it was.
        site.Install("4.3.1");
        Assert.Equal(Old, (await site.Driver().ObserveAsync(Token)).Process!.Release.Value);

        Assert.Equal(StopOutcome.Stopped, await driver.StopAsync(byHand.Id, TimeSpan.FromMinutes(1), Token));
        Assert.Null((await driver.ObserveAsync(Token)).Process);

        var end = (await driver.ReadLogAsync(0, Token)).Next;
        var pid = await driver.StartAsync(New, Token);
        await Eventually.Holds(
            () => File.ReadAllText(site.Output)[(int)end..].Contains("Kafka Server started"), "the start on 4.3.1");

        var after = await driver.ObserveAsync(Token);
        Assert.Equal(pid, after.Process!.Pid);
        Assert.Equal(New, after.Process.Release.Value);
        Assert.Equal(New, after.Installed.Value);
        Assert.True(after.RegistrationEpoch.Value > before.RegistrationEpoch.Value);
        Assert.Equal(pid, await driver.StartAsync(New, Token));
        Assert.Contains((await driver.ReadLogAsync(end, Token)).Lines, line => line.Contains("Kafka Server started"));
    }

    [Fact]
    public async Task A_broker_that_the_driver_started_stops_cleanly_and_a_release_can_be_checked()
    {
        await using var site = await FormattedAsync();
        await using var driver = site.Driver();
        Assert.Empty(await driver.CheckReleaseAsync(New, javaMin: 17, Token));
        Assert.Equal("java-too-old", Assert.Single(await driver.CheckReleaseAsync(New, javaMin: 99, Token)).Code);

        var pid = await driver.StartAsync(Old, Token);
        await site.Wrote("Kafka Server started");
        Assert.Equal(Old, (await driver.ObserveAsync(Token)).Process!.Release.Value);
        await Assert.ThrowsAsync<NodeStartException>(() => driver.StartAsync(New, Token));

        Assert.Equal(StopOutcome.Stopped, await driver.StopAsync(pid, TimeSpan.FromMinutes(1), Token));
        Assert.Contains("shut down completed", await File.ReadAllTextAsync(site.Output, Token));
    }

    private static async Task<NodeSite> FormattedAsync()
    {
        var releases = RealReleases.FolderOrSkip();
        var (broker, controller) = (RealReleases.FreePort(), RealReleases.FreePort());
        var site = NodeSite.Real(
            releases,
            $"""
            process.roles=broker,controller
            node.id=1
            listeners=PLAINTEXT://127.0.0.1:{broker},CONTROLLER://127.0.0.1:{controller}
            controller.listener.names=CONTROLLER
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            controller.quorum.voters=1@127.0.0.1:{controller}
            log.dirs={"{data}"}
            offsets.topic.replication.factor=1
            """,
            installed: "3.9.2");
        try
        {
            site.With(("KAFKA_HEAP_OPTS", "-Xmx256m"));
            using var format = Process.Start(new ProcessStartInfo(
                Path.Combine(site.Options.Home, "bin/kafka-storage.sh"),
                ["format", "-t", "4L6g3nShT-eMCtK--X86sw", "-c", site.Options.Config])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var said = format.StandardOutput.ReadToEndAsync(Token);
            var complained = format.StandardError.ReadToEndAsync(Token);
            await format.WaitForExitAsync(Token);
            Assert.True(format.ExitCode == 0, await said + await complained);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }
}
