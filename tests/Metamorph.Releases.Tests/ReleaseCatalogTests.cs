using System.Text.Json;
using Metamorph.Model;

namespace Metamorph.Releases.Tests;

public sealed class ReleaseCatalogTests
{
    [Fact]
    public void Every_line_says_what_the_reference_table_says()
    {
        var lines = ReferenceFile.Read("release-table.json").GetProperty("releases").EnumerateArray().ToList();

        Assert.Equal(lines.Select(line => line.GetProperty("release").GetString()), ReleaseCatalog.Lines.Select(l => $"{l.Line}"));
        foreach (var (expected, facts) in lines.Zip(ReleaseCatalog.Lines))
        {
            Assert.Equal(expected.GetProperty("latestPatchSeen").GetString(), facts.LatestPatch?.ToString());
            Assert.Equal(expected.GetProperty("ibp").GetString(), facts.InterBrokerProtocol);
            Assert.Equal(NullableShort(expected, "metadataVersionMax"), facts.MetadataVersion?.Max);
            Assert.Equal(NullableShort(expected, "metadataVersionMin"), facts.MetadataVersion?.Min);
            Assert.Equal(expected.GetProperty("brokerJavaMin").GetInt32(), facts.JavaMinimum);
            Assert.Equal(expected.GetProperty("brokerJavaSupported").EnumerateArray().Select(j => j.GetInt32()), facts.JavaSupported);
            Assert.Equal(expected.GetProperty("zooKeeper").GetBoolean(), facts.RunsWithZooKeeper);
            Assert.StartsWith(facts.Since ?? "unreleased", expected.GetProperty("gaDate").GetString());
            Assert.Equal(
                expected.GetProperty("supportedFeatures").EnumerateObject()
                    .Select(f => (f.Name, new FeatureRange(f.Value[0].GetInt16(), f.Value[1].GetInt16()))).Order(ByName<FeatureRange>()),
                facts.SupportedFeatures.Select(f => (f.Key, f.Value)));
            Assert.Equal(
                expected.GetProperty("defaultFeatureLevelsAtThisMV").EnumerateObject()
                    .Select(f => (f.Name, f.Value.GetInt16())).Order(ByName<short>()),
                facts.DefaultLevels.Select(f => (f.Key, f.Value)));
        }
    }

    [Fact]
    public void Every_metadata_version_says_what_the_reference_table_says() =>
        Assert.Equal(
            ReferenceFile.Read("release-table.json").GetProperty("metadataVersions").EnumerateArray().Select(level =>
                new MetadataVersion(
                    level.GetProperty("level").GetInt16(),
                    level.GetProperty("name").GetString()!,
                    ReleaseLine.Parse(level.GetProperty("release").GetString()!),
                    level.GetProperty("metadataChanged").GetBoolean(),
                    level.GetProperty("losslessDowngradeFloor").GetInt16())),
            MetadataVersion.All);

    [Fact]
    public void Every_feature_level_says_what_the_reference_table_says() =>
        Assert.Equal(
            ReferenceFile.Read("release-table.json").GetProperty("featureLevels").EnumerateObject()
                .SelectMany(f => f.Value.EnumerateArray().Select(level =>
                    (f.Name, level.GetProperty("level").GetInt16(), level.GetProperty("bootstrapMv").GetInt16())))
                .Where(level => level.Item2 > 0),
            FeatureLevel.All.Select(level => (level.Feature, level.Level, level.BootstrapMetadataVersion)));

    [Fact]
    public void A_line_that_is_not_listed_is_unknown_and_never_its_neighbour()
    {
        foreach (var line in new ReleaseLine[] { new(2, 7), new(3, 10), new(4, 5), new(5, 0) })
        {
            Assert.False(ReleaseCatalog.Find(line).IsKnown);
            Assert.False(ReleaseCatalog.FeaturesFinalizedByDefault(line).IsKnown);
            Assert.False(JavaRules.MinimumFor(line).IsKnown);
            Assert.False(JavaRules.SupportedBy(line).IsKnown);
            Assert.Empty(RegistrationRules.FeaturesNeedingNewRegistration(line));
        }
    }

    [Fact]
    public void Only_4_4_is_not_released() =>
        Assert.Equal([new ReleaseLine(4, 4)], ReleaseCatalog.Lines.Where(l => !l.IsReleased).Select(l => l.Line));

    [Fact]
    public void An_upgrade_never_finalizes_kraft_version_by_default()
    {
        foreach (var facts in ReleaseCatalog.Lines)
        {
            var levels = ReleaseCatalog.FeaturesFinalizedByDefault(facts.Line).Value;
            Assert.DoesNotContain(KafkaFeatures.KRaftVersion, levels.Keys);
            Assert.DoesNotContain((short)0, levels.Values);
        }

        Assert.Equal(1, ReleaseCatalog.Find(new(4, 3)).Value.DefaultLevels[KafkaFeatures.KRaftVersion]);
    }

    [Theory]
    [InlineData("3.2", "")]
    [InlineData("3.9", "metadata.version=21")]
    [InlineData("4.0", "group.version=1 metadata.version=25 transaction.version=2")]
    [InlineData("4.1", "eligible.leader.replicas.version=1 group.version=1 metadata.version=27 transaction.version=2")]
    [InlineData("4.3", "eligible.leader.replicas.version=1 group.version=1 metadata.version=30 share.version=1 "
        + "streams.version=1 transaction.version=2")]
    public void An_upgrade_finalizes_what_the_line_sets_by_default(string line, string levels) =>
        Assert.Equal(levels, string.Join(' ', ReleaseCatalog.FeaturesFinalizedByDefault(ReleaseLine.Parse(line)).Value
            .Select(feature => $"{feature.Key}={feature.Value}")));

    [Theory]
    [InlineData("metadata.version", 1, "3.0-IV1")]
    [InlineData("metadata.version", 30, "4.3-IV0")]
    [InlineData("group.version", 0, "off")]
    [InlineData("kraft.version", 0, "static quorum")]
    [InlineData("share.version", 1, "share groups, KIP-932")]
    public void A_level_has_a_name(string feature, short level, string name) =>
        Assert.Equal(name, ReleaseCatalog.NameOf(feature, level).Value);

    [Theory]
    [InlineData("metadata.version", 0)]
    [InlineData("metadata.version", 34)]
    [InlineData("metadata.version", -1)]
    [InlineData("group.version", 2)]
    [InlineData("confluent.metadata.version", 0)]
    public void A_level_beyond_the_table_has_no_name(string feature, short level) =>
        Assert.False(ReleaseCatalog.NameOf(feature, level).IsKnown);

    private static short? NullableShort(JsonElement owner, string name) =>
        owner.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt16() : null;

    private static Comparer<(string Name, T Value)> ByName<T>() =>
        Comparer<(string Name, T Value)>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));
}
