using Metamorph.Model;

namespace Metamorph.Nodes.Tests;

public sealed class ReleaseDirectoryTests : IDisposable
{
    private static readonly KafkaRelease Release = new(3, 9, 2);

    private readonly TempFolder folder = new();
    private readonly string home;

    public ReleaseDirectoryTests() => home = FakeDist.Write(folder.Path, "3.9.2");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Releases_are_listed_by_number_and_other_folders_are_not()
    {
        foreach (var other in new[] { "kafka_2.13-3.10.0", "kafka_2.12-3.9.2", "kafka_2.13-4.0.0-rc1", "kafka-3.9.2-src", "confluent" })
        {
            Directory.CreateDirectory(folder[other]);
        }

        var there = new ReleaseDirectory(folder.Path).List();

        Assert.Equal([new InstalledRelease(Release, home), new(new(3, 10, 0), folder["kafka_2.13-3.10.0"])], there);
    }

    [Fact]
    public void A_whole_release_is_found_and_nothing_is_said_against_it()
    {
        var releases = new ReleaseDirectory(folder.Path);

        Assert.Equal(home, releases.Locate(Release));
        Assert.Empty(releases.Check(Release));
    }

    [Fact]
    public void A_release_that_is_not_there_is_told_with_those_that_are()
    {
        var finding = Assert.Single(new ReleaseDirectory(folder.Path).Check(new KafkaRelease(4, 3, 1)));

        Assert.Equal(("release-missing", FindingSeverity.Refusal), (finding.Code, finding.Severity));
        Assert.Equal($"3.9.2 in {folder.Path}", finding.Found);
        Assert.Contains("kafka_2.13-4.3.1.tgz", finding.Remedy);
    }

    [Fact]
    public void Without_a_releases_directory_the_ways_to_name_one_are_told()
    {
        var finding = Assert.Single(new ReleaseDirectory(null).Check(Release));

        Assert.Equal("release-missing", finding.Code);
        Assert.Contains("--releases", finding.Remedy);
        Assert.Contains("is not there", Assert.Single(new ReleaseDirectory(folder["nowhere"]).Check(Release)).Found);
    }

    [Fact]
    public void The_option_wins_over_the_file_and_the_file_over_the_environment()
    {
        Assert.Equal("/option", ReleaseDirectory.Of("/option", "/file", "/environment").Path);
        Assert.Equal("/file", ReleaseDirectory.Of(null, "/file", "/environment").Path);
        Assert.Equal("/environment", ReleaseDirectory.Of(null, "", "/environment").Path);
        Assert.Null(ReleaseDirectory.Of(null, null, null).Path);
    }

    [Fact]
    public void A_start_script_that_is_missing_or_not_executable_makes_it_incomplete()
    {
        File.Delete(Path.Combine(home, "bin/kafka-server-start.sh"));
        File.SetUnixFileMode(Path.Combine(home, "bin/kafka-run-class.sh"), UnixFileMode.UserRead);

        var found = Found();

        Assert.Contains("kafka-server-start.sh is not there", found[0]);
        Assert.Contains("kafka-run-class.sh is not executable", found[1]);
    }

    [Fact]
    public void A_missing_jar_makes_it_incomplete()
    {
        File.Delete(Path.Combine(home, "libs/kafka-clients-3.9.2.jar"));

        Assert.Contains("kafka-clients-3.9.2.jar is not there", Assert.Single(Found()));
    }

    [Fact]
    public void Without_the_brokers_own_jar_it_is_incomplete()
    {
        File.Delete(Path.Combine(home, "libs/kafka_2.13-3.9.2.jar"));

        Assert.Contains("no jar of the Kafka broker", Assert.Single(Found()));
    }

    [Fact]
    public void Jars_of_two_releases_in_one_folder_contradict_each_other()
    {
        File.Copy(Path.Combine(home, "libs/kafka-clients-3.9.2.jar"), Path.Combine(home, "libs/kafka-clients-3.8.1.jar"));

        Assert.Contains("contradict each other: 3.8.1, 3.9.2", Assert.Single(Found()));
    }

    [Theory]
    [InlineData(0, "is empty")]
    [InlineData(1, "is cut off at 1 bytes")]
    [InlineData(-1, "is cut off at")]
    [InlineData(-22, "is cut off at")]
    [InlineData(-60, "is cut off at")]
    public void A_jar_that_was_not_copied_whole_makes_it_incomplete(int length, string fault)
    {
        var jar = Path.Combine(home, "libs/slf4j-api-1.7.36.jar");
        using (var file = File.OpenWrite(jar))
        {
            file.SetLength(length < 0 ? file.Length + length : length);
        }

        Assert.Contains($"slf4j-api-1.7.36.jar {fault}", Assert.Single(Found()));
    }

    [Fact]
    public void The_real_releases_are_whole()
    {
        var releases = new ReleaseDirectory(RealReleases.FolderOrSkip());

        Assert.NotEmpty(releases.List());
        Assert.All(releases.List(), installed => Assert.Empty(releases.Check(installed.Release)));
    }

    private string[] Found() => [.. new ReleaseDirectory(folder.Path).Check(Release).Select(finding =>
    {
        Assert.Equal(("release-incomplete", FindingSeverity.Refusal), (finding.Code, finding.Severity));
        return finding.Found;
    })];
}
