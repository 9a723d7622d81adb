using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Metamorph.Model;
using Metamorph.Model.Json;
using Metamorph.Sandbox;

namespace Metamorph.Cli;

/// <summary>The words of <c>metamorph sandbox</c> as they were typed.</summary>
internal sealed record SandboxWords
{
    /// <summary>Every broker has a port and every partition memory: beyond these somebody has mistyped.</summary>
    private const int MostNodes = 1000;
    private const int MostPartitions = 200_000;

    public int Brokers { get; init; } = 3;

    public int Controllers { get; init; }

    public string Release { get; init; } = "3.9";

    public string? Racks { get; init; }

    public string? Topics { get; init; }

    public string Disk { get; init; } = "1T";

    public string Latency { get; init; } = "0ms";

    public long Seed { get; init; } = 1;

    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; }

    public string? Twin { get; init; }

    /// <exception cref="CommandException">A word is not what it should be.</exception>
    public SandboxPlan Plan()
    {
        if (Twin is { } file)
        {
            var snapshot = SnapshotOf(file);
            return new(
                SnapshotTwin.ListenersOf(snapshot),
                endpoint => SnapshotTwin.TopologyOf(snapshot, endpoint) with { Seed = (ulong)Seed },
                OptionsFor(SnapshotTwin.ListenersOf(snapshot)));
        }

        var layout = Layout();
        return new(layout.Listeners, layout.ToTopology, OptionsFor(layout.Listeners));
    }

    private SandboxLayout Layout()
    {
        Require(Brokers is > 0 and <= MostNodes, "--brokers", $"{Brokers}", $"1 to {MostNodes}");
        Require(Controllers is >= 0 and <= MostNodes, "--controllers", $"{Controllers}", $"0 to {MostNodes}");
        return new SandboxLayout
        {
            Release = ReleaseOf(Release, "--release"),
            Brokers = Brokers,
            Controllers = Controllers,
            Racks = [.. (Racks ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            Topics = [.. (Topics ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(TopicOf)],
            DiskBytes = BytesOf(Disk),
            Timings = new SandboxTimings { ClientLatency = TimeOf(Latency, "--latency") },
            Seed = (ulong)Seed,
        };
    }

    /// <summary>A release that the sandbox imitates; a line stands for its first release.</summary>
    /// <exception cref="CommandException">It is none, or one that is not imitated.</exception>
    public static KafkaRelease ReleaseOf(string text, string where)
    {
        var isRelease = KafkaRelease.TryParse(text, out var release) || KafkaRelease.TryParse($"{text}.0", out release);
        if (!isRelease || ReleaseProfile.All.All(profile => profile.Line != release.Line))
        {
            throw new CommandException(
                ExitCode.BadInput,
                $"{where}: '{text}', expected a release of the lines {ReleaseProfile.All[0].Line} to {ReleaseProfile.All[^1].Line}, for instance 3.9.2");
        }

        return release;
    }

    /// <summary>Reads <c>50ms</c>, <c>2s</c>.</summary>
    /// <exception cref="CommandException">It is no time.</exception>
    public static TimeSpan TimeOf(string text, string where)
    {
        var isMs = text.EndsWith("ms", StringComparison.Ordinal);
        var number = isMs ? text[..^2] : text.EndsWith('s') ? text[..^1] : "";
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value < 3_600_000
            ? TimeSpan.FromMilliseconds(isMs ? value : value * 1000)
            : throw new CommandException(ExitCode.BadInput, $"{where}: '{text}', expected a time like 50ms or 2s");
    }

    private static long BytesOf(string text)
    {
        var unit = text.Length == 0 ? -1 : "KMGT".IndexOf(char.ToUpperInvariant(text[^1]), StringComparison.Ordinal);
        var digits = unit < 0 ? text : text[..^1];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number < 1L << 22
            ? number << (10 * (unit + 1))
            : throw new CommandException(ExitCode.BadInput, $"--disk: '{text}', expected a size like 500G");
    }

    private TopicLayout TopicOf(string text)
    {
        var parts = text.Split(':');
        if (parts.Length == 3
            && parts[0].Length > 0
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var partitions) && partitions is > 0 and <= MostPartitions
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var replication) && replication > 0 && replication <= Brokers)
        {
            return new TopicLayout(parts[0], partitions, replication);
        }

        throw new CommandException(
            ExitCode.BadInput, $"--topics: '{text}', expected NAME:PARTITIONS:RF with at most {MostPartitions} partitions and {Brokers} replicas");
    }

    private TcpFrontEndOptions OptionsFor(ImmutableArray<ListenerId> listeners)
    {
        Require(Port is >= 0 and < 65_536 - MostNodes, "--port", $"{Port}", "a port number");
        var brokers = listeners.Where(listener => listener.Kind == ListenerKind.Broker);
        return new TcpFrontEndOptions
        {
            Host = Host,
            Ports = Port == 0
                ? ImmutableDictionary<ListenerId, int>.Empty
                : brokers.Select((listener, index) => (listener, Port + index)).ToImmutableDictionary(pair => pair.listener, pair => pair.Item2),
        };
    }

    private static ClusterSnapshot SnapshotOf(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), ModelJson.Default.ClusterSnapshot)
                ?? throw new CommandException(ExitCode.BadInput, $"{file}: found null, expected a snapshot from 'inspect --out'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CommandException(ExitCode.BadInput, $"{file}: {e.Message}; expected a snapshot from 'inspect --out'");
        }
    }

    private static void Require(bool isSo, string option, string found, string expected)
    {
        if (!isSo)
        {
            throw new CommandException(ExitCode.BadInput, $"{option}: {found}, expected {expected}");
        }
    }
}

/// <summary>What a sandbox is to be, before its ports are known.</summary>
/// <param name="Topology">Lays it out, given where each listener is reached.</param>
internal sealed record SandboxPlan(
    ImmutableArray<ListenerId> Listeners, Func<Func<ListenerId, Endpoint>, SandboxTopology> Topology, TcpFrontEndOptions Options);
