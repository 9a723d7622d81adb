using Metamorph.Model;

namespace Metamorph.Nodes.Tests;

public sealed class JavaTests
{
    private static readonly KafkaRelease Release = new(4, 3, 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("JAVA_VERSION=\"11.0.20\"", "Java 11 (")]
    [InlineData("JAVA_VERSION=\"1.8.0_392\"", "Java 8 (")]
    [InlineData("IMPLEMENTOR=x\nJAVA_VERSION=\"16\"", "Java 16 (")]
    public async Task A_Java_that_is_too_old_is_told_with_both_versions(string release, string found)
    {
        await using var site = NodeSite.Fake();
        Java(site, release);

        var finding = Assert.Single(await site.Driver().CheckReleaseAsync(Release, javaMin: 17, Token));

        Assert.Equal(("java-too-old", FindingSeverity.Refusal), (finding.Code, finding.Severity));
        Assert.StartsWith(found, finding.Found);
        Assert.Equal("Java 17 or later, for Kafka 4.3.1", finding.Expected);
    }

    [Fact]
    public async Task A_Java_that_is_new_enough_is_found_by_JAVA_HOME_or_on_the_PATH()
    {
        await using var site = NodeSite.Fake();
        Java(site, "JAVA_VERSION=\"17.0.1\"");
        Assert.Empty(await site.Driver().CheckReleaseAsync(Release, javaMin: 17, Token));

        site.With(("JAVA_HOME", ""), ("PATH", $"/nowhere:{site["jdk/bin"]}"));
        Assert.Empty(await site.Driver().CheckReleaseAsync(Release, javaMin: 17, Token));
    }

    [Fact]
    public async Task A_Java_without_a_release_file_is_asked()
    {
        await using var site = NodeSite.Fake();
        Java(site, release: null, "echo 'openjdk version \"15.0.2\" 2021-01-19' >&2");

        Assert.StartsWith("Java 15", Assert.Single(await site.Driver().CheckReleaseAsync(Release, javaMin: 17, Token)).Found);
    }

    [Theory]
    [InlineData("echo what >&2")]
    [InlineData("exit 1")]
    public async Task A_Java_that_does_not_tell_its_version_counts_as_missing(string script)
    {
        await using var site = NodeSite.Fake();
        Java(site, release: null, script);

        Assert.Equal("java-missing", Assert.Single(await site.Driver().CheckReleaseAsync(Release, javaMin: 17, Token)).Code);
    }

    [Fact]
    public async Task No_Java_at_all_is_told()
    {
        await using var site = NodeSite.Fake(("JAVA_HOME", ""), ("PATH", "/nowhere"));
        Assert.Equal("no java on the PATH", Assert.Single(await site.Driver().CheckReleaseAsync(Release, 17, Token)).Found);

        site.With(("JAVA_HOME", "/nowhere"));
        Assert.Equal(
            "no bin/java in JAVA_HOME (/nowhere)", Assert.Single(await site.Driver().CheckReleaseAsync(Release, 17, Token)).Found);
    }

    private static void Java(NodeSite site, string? release, string script = "exit 1")
    {
        var java = site["jdk/bin/java"];
        Directory.CreateDirectory(Path.GetDirectoryName(java)!);
        File.WriteAllText(java, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(java, (UnixFileMode)0b111_101_101);
        if (release is not null)
        {
            File.WriteAllText(site["jdk/release"], release);
        }

        site.With(("JAVA_HOME", site["jdk"]));
    }
}
