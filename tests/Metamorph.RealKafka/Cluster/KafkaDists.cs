namespace Metamorph.RealKafka.Cluster;

/// <summary>The real Apache Kafka releases on this machine: a folder of unpacked <c>kafka_2.13-*</c> archives.</summary>
public sealed record KafkaDists(string Folder)
{
    /// <summary>The folder named by <c>METAMORPH_KAFKA_DISTS</c>, else <c>../shared/kafka</c> beside a folder above the tests.</summary>
    /// <remarks>Skips the running test when there is none, or when it lacks one of <paramref name="releases"/>.</remarks>
    public static KafkaDists Require(params IEnumerable<string> releases)
    {
        var dists = Find();
        if (dists is null)
        {
            Assert.Skip("no real Kafka here: set METAMORPH_KAFKA_DISTS to a folder of unpacked kafka_2.13-* releases");
        }

        foreach (var release in releases.Where(release => !Directory.Exists(dists.Home(release))))
        {
            Assert.Skip($"{dists.Folder} has no Kafka {release}");
        }

        return dists;
    }

    public string Home(string release) => Path.Combine(Folder, $"kafka_2.13-{release}");

    public string Script(string release, string name) => Path.Combine(Home(release), "bin", name);

    private static KafkaDists? Find()
    {
        var named = Environment.GetEnvironmentVariable("METAMORPH_KAFKA_DISTS");
        if (!string.IsNullOrEmpty(named))
        {
            return Directory.Exists(named) ? new KafkaDists(Path.GetFullPath(named)) : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var beside = Path.Combine(folder.FullName, "shared", "kafka");
            if (Directory.Exists(beside) && Directory.EnumerateDirectories(beside, "kafka_*").Any())
            {
                return new KafkaDists(beside);
            }
        }

        return null;
    }
}
