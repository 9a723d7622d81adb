namespace Metamorph.Benchmarks.WholeProgram;

/// <summary>A folder of unpacked <c>kafka_2.13-*</c> archives.</summary>
internal sealed record Releases(string Folder)
{
    public const string Variable = "METAMORPH_KAFKA_DISTS";

    /// <summary>The folder that <see cref="Variable"/> names; <c>null</c> unless it has all of <paramref name="wanted"/>.</summary>
    public static Releases? Find(params string[] wanted)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } named)
        {
            return null;
        }

        var releases = new Releases(Path.GetFullPath(named));
        return wanted.All(release => Directory.Exists(releases.Home(release))) ? releases : null;
    }

    public string Home(string release) => Path.Combine(Folder, $"kafka_2.13-{release}");
}
