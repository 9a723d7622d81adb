using System.Diagnostics;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.RealKafka;

public sealed class WatchdogTests
{
    // A shell that stays itself, so that its arguments do.
    private const string Idle = "while sleep 1; do :; done";

    [Fact]
    public async Task It_ends_whatever_names_a_path_inside_the_folder()
    {
        var folder = Directory.CreateTempSubdirectory("metamorph-real-").FullName;
        var watchdog = Watchdog.Over(folder);
        using var victim = Process.Start("sh", ["-c", Idle, "sh", Path.Combine(folder, "cluster.yaml")]);
        using var bystander = Process.Start("sh", ["-c", Idle, "sh", folder + "-other"]);

        watchdog.Dispose();
        await victim.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.False(bystander.HasExited);
        Assert.False(Directory.Exists(folder));
        bystander.Kill();
    }
}
