using Metamorph.RealKafka.Cluster;

namespace Metamorph.RealKafka.BadDays;

/// <summary>The release that is asked for, or what it is started with, will not do.</summary>
[Collection(nameof(BadDaysCollection))]
public sealed class TargetDays(BadDaysCluster shared)
{
    [Theory]
    [InlineData("check")]
    [InlineData("plan")]
    [InlineData("upgrade", "--yes")]
    public async Task An_older_target_is_refused(string command, params string[] more)
    {
        var day = await BadDay.OnAsync(shared);

        var said = await day.RunAsync(command, ["--to", "3.5.2", .. more]);

        Assert.Equal(3, said.ExitCode);
        Assert.Contains("3.9.2", said.Finding("target-older"));
        Assert.Contains("nothing was touched", $"{said.Output}{said.Error}");
        day.NothingWasTouched();
    }

    [Fact]
    public async Task A_target_that_no_catalogue_knows_is_refused()
    {
        var day = await BadDay.OnAsync(shared);

        var said = await day.RunAsync("check", "--to", "9.9.9");

        Assert.Equal(3, said.ExitCode);
        Assert.Contains("9.9.9", said.Finding("target-unknown"));
        day.NothingWasTouched();
    }

    [Fact]
    public async Task A_cluster_that_is_where_it_should_be_needs_nothing()
    {
        var day = await BadDay.OnAsync(shared);

        var plan = await day.RunAsync("plan", "--to", "3.9.2");
        var upgrade = await day.RunAsync("upgrade", "--to", "3.9.2");

        Assert.Equal((0, 0), (plan.ExitCode, upgrade.ExitCode));
        Assert.Contains("nothing to do", plan.Output);
        Assert.Contains("nothing to do", upgrade.Output);
        day.NothingWasTouched();
    }

    [Fact]
    public async Task A_releases_directory_that_is_not_there_is_named()
    {
        var day = await BadDay.OnAsync(shared);

        var said = await day.RunAsync("check", "--to", "4.3.1", "--releases", day["nowhere"]);

        Assert.Equal(3, said.ExitCode);
        Assert.Contains($"the releases directory {day["nowhere"]} is not there, expected a folder kafka_2.13-4.3.1", said.Finding("release-missing"));
        day.NothingWasTouched();
    }

    [Fact]
    public async Task A_release_that_is_not_unpacked_is_named_with_those_that_are()
    {
        var day = await BadDay.OnAsync(shared);

        var said = await day.RunAsync("check", "--to", "4.1.1");

        Assert.Equal(3, said.ExitCode);
        Assert.Contains("3.9.2", said.Finding("release-missing"));
        day.NothingWasTouched();
    }

    [Fact]
    public async Task A_jar_that_was_cut_short_is_named()
    {
        var dists = KafkaDists.Require("4.3.1");
        var day = await BadDay.OnAsync(shared);
        var jar = Truncated(dists.Home("4.3.1"), day["releases/kafka_2.13-4.3.1"], "kafka-clients-4.3.1.jar");

        var said = await day.RunAsync("check", "--to", "4.3.1", "--releases", day["releases"]);

        Assert.Equal(3, said.ExitCode);
        Assert.Contains(jar, said.Finding("release-incomplete"));
        Assert.Contains("expected a whole jar", said.Finding("release-incomplete"));
        day.NothingWasTouched();
    }

    [Fact]
    public async Task A_Java_that_is_too_old_for_the_target_is_named_with_its_version()
    {
        _ = KafkaDists.Require("4.3.1");
        var day = await BadDay.OnAsync(shared);
        Directory.CreateDirectory(day["jdk-11/bin"]);
        File.Copy("/bin/true", day["jdk-11/bin/java"]);
        File.WriteAllText(day["jdk-11/release"], "JAVA_VERSION=\"11.0.2\"\n");

        var said = await day.RunWithAsync(
            day.ClusterFileWith("KAFKA_HEAP_OPTS:", $"JAVA_HOME: {day["jdk-11"]}, KAFKA_HEAP_OPTS:"), "check", "--to", "4.3.1");

        Assert.Equal(3, said.ExitCode);
        Assert.Contains("11", said.Finding("java-too-old"));
        Assert.Contains("17", said.Finding("java-too-old"));
        day.NothingWasTouched();
    }

    [Fact]
    public async Task A_Java_that_is_not_there_is_named()
    {
        _ = KafkaDists.Require("4.3.1");
        var day = await BadDay.OnAsync(shared);

        var byHome = await day.RunWithAsync(
            day.ClusterFileWith("KAFKA_HEAP_OPTS:", "JAVA_HOME: /nowhere/jdk, KAFKA_HEAP_OPTS:"), "check", "--to", "4.3.1");
        var byPath = await day.RunWithAsync(
            day.ClusterFileWith("KAFKA_HEAP_OPTS:", "JAVA_HOME: \"\", PATH: /nowhere, KAFKA_HEAP_OPTS:"), "check", "--to", "4.3.1");

        Assert.Equal((3, 3), (byHome.ExitCode, byPath.ExitCode));
        Assert.Contains("/nowhere/jdk", byHome.Finding("java-missing"));
        Assert.Contains("17", byPath.Finding("java-missing"));
        day.NothingWasTouched();
    }

    /// <summary>A release of links to the real one, but for one jar that an interrupted download left behind.</summary>
    private static string Truncated(string release, string copy, string jar)
    {
        Directory.CreateDirectory(Path.Combine(copy, "libs"));
        foreach (var entry in Directory.EnumerateFileSystemEntries(release).Where(entry => Path.GetFileName(entry) != "libs"))
        {
            File.CreateSymbolicLink(Path.Combine(copy, Path.GetFileName(entry)), entry);
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(release, "libs")))
        {
            var name = Path.Combine(copy, "libs", Path.GetFileName(file));
            if (Path.GetFileName(file) == jar)
            {
                File.WriteAllBytes(name, File.ReadAllBytes(file).AsSpan(0, 100_000));
            }
            else
            {
                File.CreateSymbolicLink(name, file);
            }
        }

        return Path.Combine(copy, "libs", jar);
    }
}
