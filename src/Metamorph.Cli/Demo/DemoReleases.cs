using Metamorph.Model;
using Metamorph.Nodes;
using Metamorph.Releases;

namespace Metamorph.Cli;

/// <summary>Which of the releases at hand a demo goes from and to: the two newest lines that an upgrade leads between.</summary>
internal static class DemoReleases
{
    /// <exception cref="CommandException">There are not two releases to choose from, or one that was asked for is not there.</exception>
    public static (KafkaRelease From, KafkaRelease To) Choose(ReleaseDirectory releases, string? from, string? to)
    {
        var known = releases.List().Select(release => release.Release).Where(release => ReleaseCatalog.Find(release.Line).IsKnown).Order().ToList();
        var target = to is null
            ? known.Select(release => (KafkaRelease?)release).LastOrDefault() ?? throw Missing(releases, "two unpacked Kafka releases")
            : Wishes.TargetOf(to);
        var source = from is null
            ? known.Where(release => CanReach(release, target)).Select(release => (KafkaRelease?)release).LastOrDefault()
                ?? throw Missing(releases, $"a release that {target} can be reached from")
            : Wishes.TargetOf(from);
        foreach (var release in new[] { source, target }.Where(release => releases.Locate(release) is null))
        {
            throw Missing(releases, $"kafka_2.13-{release}");
        }

        return (source, target);
    }

    /// <summary>From the last 3.9 to the newest, where the operator does not say otherwise: the upgrade with the most to see.</summary>
    /// <exception cref="CommandException">A release is not imitated, or cannot be reached from the other.</exception>
    public static (KafkaRelease From, KafkaRelease To) ChooseImitated(string? from, string? to)
    {
        var target = to is null ? ReleaseCatalog.Newest.LatestPatch!.Value : SandboxWords.ReleaseOf(to, "--to");
        var source = from is null ? SourceOf(target) : SandboxWords.ReleaseOf(from, "--from");
        return source < target
            ? (source, target)
            : throw new CommandException(ExitCode.BadInput, $"--from: {source}, expected a release before {target}");
    }

    private static KafkaRelease SourceOf(KafkaRelease target)
    {
        var bridge = ReleaseCatalog.Find(new ReleaseLine(3, 9)).Value.LatestPatch!.Value;
        return bridge.Line < target.Line
            ? bridge
            : ReleaseCatalog.Lines.Last(facts => facts.Line < target.Line).LatestPatch!.Value;
    }

    /// <summary>Where a new KRaft cluster of the release has the metadata version that the target asks for.</summary>
    private static bool CanReach(KafkaRelease from, KafkaRelease target) =>
        from < target
        && ReleaseCatalog.Find(from.Line) is { IsKnown: true, Value.MetadataVersion: { } levels }
        && !UpgradePaths.Judge(from, from, target, levels.Max, zooKeeperMode: false).IsRefused;

    private static CommandException Missing(ReleaseDirectory releases, string what) => new(
        ExitCode.BadInput,
        $"demo: {releases.Path ?? "no releases directory"}: expected {what}. Unpack kafka_2.13-*.tgz archives into a directory and name it with --releases or {ReleaseDirectory.Variable}");
}
