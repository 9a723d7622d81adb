using System.Text.Json;
using Metamorph.Model;

namespace Metamorph.Releases.Tests;

public sealed class FingerprintTests
{
    public static TheoryData<string> AllLines => Where(_ => true);

    public static TheoryData<string> ZooKeeperLines => Where(facts => facts.RunsWithZooKeeper);

    public static TheoryData<string> LinesWithFeatures => Where(facts => facts.MetadataVersion is not null);

    [Theory]
    [MemberData(nameof(ZooKeeperLines))]
    public void A_ZooKeeper_mode_broker_gives_its_line_away_by_its_api_ranges_alone(string text)
    {
        var line = ReleaseLine.Parse(text);
        var apis = Advertised(line, "zkBroker");

        Assert.Equal(line, Fingerprint.LineOf(apis, NoFeatures).Value);
        Assert.True(Fingerprint.IsZooKeeperMode(apis));
    }

    [Theory]
    [MemberData(nameof(LinesWithFeatures))]
    public void A_KRaft_node_gives_its_line_away_by_its_features(string text)
    {
        var line = ReleaseLine.Parse(text);
        var facts = ReleaseCatalog.Find(line).Value;
        foreach (var listener in new[] { "broker", "controller" })
        {
            var apis = Advertised(line, listener);
            Assert.Equal(line, Fingerprint.LineOf(apis, facts.SupportedFeatures).Value);
            Assert.False(Fingerprint.IsZooKeeperMode(apis));
        }
    }

    [Theory]
    [MemberData(nameof(AllLines))]
    public void A_KRaft_broker_gives_its_line_away_without_features_but_for_3_3_and_3_4(string text)
    {
        var line = ReleaseLine.Parse(text);

        var told = Fingerprint.LineOf(Advertised(line, "broker"), NoFeatures);

        if (line == new ReleaseLine(3, 3) || line == new ReleaseLine(3, 4))
        {
            Assert.False(told.IsKnown);
            Assert.Contains("3.3 and 3.4", told.Why, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(line, told.Value);
        }
    }

    [Fact]
    public void A_controller_up_to_3_9_advertises_controlled_shutdown_and_is_no_ZooKeeper_mode_broker()
    {
        var apis = Advertised(new(3, 9), "controller");

        Assert.Contains((short)7, apis.Keys);
        Assert.False(Fingerprint.IsZooKeeperMode(apis));
    }

    [Theory]
    [InlineData(7, 34, "34")] // newer than known
    [InlineData(7, 31, "31")] // between lines: unstable features, or a branch
    [InlineData(1, 22, "22")] // a vendor's own numbers on 3.9
    [InlineData(1, 25, "1-25")] // the highest of 4.0 with the lowest of 3.x
    [InlineData(7, 21, "7-21")] // the other way round
    public void A_metadata_version_range_that_no_line_has_is_unknown(short min, short max, string number)
    {
        var told = Fingerprint.LineOf(NoApis, Supports(min, max));

        Assert.False(told.IsKnown);
        Assert.Contains(number, told.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void An_api_version_that_the_named_line_cannot_have_makes_it_unknown()
    {
        // The 4.4 branch still named 30 for a while: it is not a 4.3.
        var told = Fingerprint.LineOf(Ranges((18, 5), (1, 18)), Supports(7, 30));

        Assert.False(told.IsKnown);
        Assert.Contains("ApiVersions up to version 5", told.Why, StringComparison.Ordinal);
        Assert.Equal(new ReleaseLine(4, 3), Fingerprint.LineOf(Ranges((18, 4), (1, 18)), Supports(7, 30)).Value);
    }

    [Fact]
    public void Ranges_that_a_proxy_cut_down_leave_the_features_their_say() =>
        Assert.Equal(new ReleaseLine(4, 3), Fingerprint.LineOf(Ranges((1, 12), (0, 9)), Supports(7, 30)).Value);

    [Fact]
    public void An_api_of_ZooKeeper_mode_contradicts_a_4_x_level() =>
        Assert.False(Fingerprint.LineOf(Ranges((4, 7)), Supports(7, 30)).IsKnown);

    [Fact]
    public void Ranges_that_no_line_has_together_are_unknown_and_named()
    {
        var told = Fingerprint.LineOf(Ranges((0, 13), (1, 12)), NoFeatures);

        Assert.False(told.IsKnown);
        Assert.Contains("Produce 13, Fetch 12", told.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_without_any_telling_api_is_unknown() =>
        Assert.False(Fingerprint.LineOf(Ranges((3, 12)), NoFeatures).IsKnown);

    private static TheoryData<string> Where(Func<ReleaseFacts, bool> holds) =>
        [.. ReleaseCatalog.Lines.Where(holds).Select(facts => facts.Line.ToString())];

    private static Dictionary<string, FeatureRange> NoFeatures => [];

    private static Dictionary<short, (short Min, short Max)> NoApis => [];

    private static Dictionary<string, FeatureRange> Supports(short min, short max) =>
        new() { [KafkaFeatures.MetadataVersion] = new(min, max) };

    private static Dictionary<short, (short Min, short Max)> Ranges(params (short Key, short Max)[] apis) =>
        apis.ToDictionary(api => api.Key, api => ((short)0, api.Max));

    // What a node of the line advertises on a listener: an unstable top version is hidden.
    private static Dictionary<short, (short Min, short Max)> Advertised(ReleaseLine line, string listener)
    {
        var advertised = new Dictionary<short, (short Min, short Max)>();
        foreach (var api in ReferenceFile.Read("api-versions-by-release.json").GetProperty("apis").EnumerateArray())
        {
            if (!api.GetProperty("byRelease").TryGetProperty(line.ToString(), out var entry)
                || !entry.GetProperty("listeners").EnumerateArray().Any(l => l.GetString() == listener)
                || entry.GetProperty("versions").GetString() is not { } text || !char.IsDigit(text[0]))
            {
                continue;
            }

            var ends = text.Split('-');
            var (min, max) = (short.Parse(ends[0]), short.Parse(ends[^1]));
            var unstable = entry.TryGetProperty("latestVersionUnstable", out var mark) && mark.ValueKind == JsonValueKind.True;
            max = unstable ? (short)(max - 1) : max;
            if (max >= min)
            {
                advertised[api.GetProperty("apiKey").GetInt16()] = (min, max);
            }
        }

        return advertised;
    }
}
