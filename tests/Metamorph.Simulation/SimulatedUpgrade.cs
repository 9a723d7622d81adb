using System.Collections.Immutable;
using Metamorph.Execution;
using Metamorph.Journal;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Model;
using Metamorph.Nodes;
using Metamorph.Observation;
using Metamorph.Reporting;
using Metamorph.Sandbox;
using Metamorph.Traffic;

namespace Metamorph.Simulation;

/// <summary>
/// One schedule, run to its end on one thread in virtual time: the planner, the gates, the executor, the journal and the
/// wire client as they are, live clients, and a sandbox with its faults. After every step the invariants are asked.
/// </summary>
internal sealed class SimulatedUpgrade : IDisposable
{
    /// <summary>Longer than any wait that a fault can cause, and short enough to notice one that never ends.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>As slow as a partition can be written to and still be in the middle of a write at every fault of some schedule.</summary>
    private const double RecordsPerSecond = 2;

    /// <summary>How often the operator gives the same command again before it is a failure.</summary>
    private const int MostAttempts = 8;

    private readonly Schedule schedule;
    private readonly VirtualTime time;
    private readonly OneThread thread;
    private readonly VirtualSandbox sandbox;
    private readonly NotedTransport transport;
    private readonly FaultScript faults;
    private readonly OperatorScript script;
    private readonly List<TrafficResult> traffic = [];

    public SimulatedUpgrade(Schedule schedule)
    {
        this.schedule = schedule;
        time = new VirtualTime(schedule.Layout.Start);
        thread = new OneThread(time) { Longest = TimeSpan.FromHours(12) };
        sandbox = new VirtualSandbox(schedule.Layout.Listeners, schedule.Layout.ToTopology, time, linesKept: 100_000);
        transport = new NotedTransport(sandbox.Transport);
        faults = new FaultScript(sandbox.Host, time, Tell);
        Invariants = new Invariants(sandbox.Core.World, schedule, faults);
        faults.IsInOurHands = Invariants.IsInHand;
        script = new OperatorScript(schedule.Operator, time, Invariants, Tell) { Written = faults.Written };
        thread.AfterStep = Invariants.Check;
    }

    public Invariants Invariants { get; }

    /// <summary>What happened, in words: in the cluster, and in the journal.</summary>
    public IEnumerable<string> History => sandbox.Core.History.Lines.Concat(JournalLines).OrderBy(line => line[..12], StringComparer.Ordinal);

    /// <summary>Everything that happened in the cluster and every byte on the wire, as one number.</summary>
    public ulong Hash => sandbox.Core.History.Hash ^ transport.Hash;

    public long Bytes => transport.Bytes;

    public TimeSpan Took => time.Now - schedule.Layout.Start;

    public long Steps => thread.Steps;

    /// <summary>How the upgrade ended at last; null: it could not even be planned.</summary>
    public RunEnding? Ending { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>What is to be done to the journal of the run, once there is one.</summary>
    public Action<MemoryJournal>? WhenPlanned { get; set; }

    public MemoryJournal? Journal { get; private set; }

    /// <summary>The releases that run, by node.</summary>
    public IEnumerable<string> Running => sandbox.Core.World.Nodes.All.Select(node => $"{node.Id}: {node.Life?.Release}");

    /// <summary>The finalized levels.</summary>
    public IEnumerable<string> Levels => sandbox.Core.World.Metadata.Features.Now.Select(feature => $"{feature.Key} {feature.Value}");

    /// <summary>Runs to the end, or to the first step that breaks something.</summary>
    /// <returns>What was broken; empty: nothing.</returns>
    public IReadOnlyList<string> Run()
    {
        try
        {
            thread.Run(RunAsync);
        }
        catch (InvariantBroken)
        {
            return Invariants.Violations;
        }
        catch (Exception e)
        {
            return [.. Invariants.Violations, $"seed {schedule.Seed}: {e}"];
        }

        foreach (var result in traffic.Where(result => result.Lost + result.Duplicated + result.OutOfOrder + result.Corrupt > 0 || !result.Drained))
        {
            Invariants.Violations.Add(
                $"{result.Topic}: {result.Acked} acknowledged, {result.Lost} lost, {result.Duplicated} duplicated, "
                + $"{result.OutOfOrder} out of order, {result.Corrupt} corrupt, drained: {result.Drained}");
        }

        return Invariants.Violations;
    }

    public void Dispose()
    {
        script.Halt.Dispose();
        sandbox.Dispose();
    }

    private async Task RunAsync()
    {
        using var stop = new CancellationTokenSource();
        var clients = schedule.Loaded.Select((topic, index) => TrafficOn(topic, index).RunAsync(stop.Token, CancellationToken.None)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(5), time);
        faults.Begin(schedule.Faults);
        await UpgradeAsync();
        Invariants.CheckEnd(Ending);
        while (!faults.IsOver)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time);
        }

        // CancelAsync would leave the one thread.
        stop.Cancel();
        foreach (var client in clients)
        {
            traffic.Add(await client);
        }
    }

    /// <summary>Gives the same command again and again, as an operator does when faults are mended meanwhile.</summary>
    private async Task UpgradeAsync()
    {
        await using var client = new KafkaClient(
            sandbox.Core.Topology.Bootstrap,
            transport,
            new KafkaClientOptions { RequestTimeout = TimeSpan.FromSeconds(5) },
            time);
        var drivers = sandbox.Drivers.ToImmutableSortedDictionary(
            pair => pair.Key, pair => (INodeDriver)new WatchedDriver(pair.Value, Invariants));
        var observer = new WatchedObserver(new ClusterObserver(client, drivers), Invariants);
        var control = new WatchedControl(new ClusterControl(client), Invariants.Deeds);
        var preparation = new UpgradePreparation(client, observer, drivers);
        while (!IsEnded && Attempts < MostAttempts)
        {
            try
            {
                Attempts++;
                await PlanAsync(preparation);
                if (Journal is not null)
                {
                    var executor = new UpgradeExecutor(Journal, observer, control, drivers, new ExecutionOptions { Patience = Patience, PollInterval = schedule.Operator.LooksEach }, time);
                    Judge(await executor.RunAsync(pid: 1, script.Halt.Token, CancellationToken.None));
                    script.Ended();
                    await RegisterAgainAsync();
                }
            }
            catch (ClusterUnreachableException e)
            {
                Tell($"no plan: {e.Message}");
            }
            catch (PowerLoss)
            {
                Tell("Metamorph dies");
                script.Ended();
                Attempts--;
            }

            if (!IsEnded)
            {
                await Task.Delay(TimeSpan.FromSeconds(10), time);
            }
        }
    }

    /// <summary>The operator does what a refused finalisation advises: restart such a broker once, then resume.</summary>
    private async Task RegisterAgainAsync()
    {
        for (var left = schedule.Layout.Brokers; left > 0 && Ending == RunEnding.Refused && Invariants.NotHeardOf is { } broker; left--)
        {
            Tell($"the operator restarts broker {broker}, to register again");
            sandbox.Host.Submit(new Input.Ordered(new NodeId(broker), new NodeOrder.Stop()));
            await UntilAsync(() => sandbox.Core.World.Nodes.Find(broker)!.Life is null);
            sandbox.Host.Submit(new Input.Ordered(new NodeId(broker), new NodeOrder.Start()));
            await UntilAsync(() => Invariants.IsWhole(broker));
        }
    }

    private async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), time);
        }
    }

    private IEnumerable<string> JournalLines => Journal is null ? [] : Journal.Entries.Select(entry =>
    {
        var words = Wording.Of(entry.Event, Journal.Plan);
        return sandbox.Core.History.LineOf(entry.At, $"journal {entry.Sequence}: {words.Subject}: {words.Text}");
    });

    private bool IsEnded => Ending is RunEnding.Done or RunEnding.AwaitingApproval;

    private void Judge(UpgradeEvent.RunEnded ended)
    {
        Ending = ended.Ending;
        Tell($"the run ended: {ended.Ending}: {ended.Text}");
        if (Ending != RunEnding.Done && Invariants.ReasonFor(ended.Ending) is null)
        {
            Invariants.Violations.Add($"the run ended {ended.Ending} for no reason that is true: {ended.Text}");
        }
    }

    private async Task PlanAsync(UpgradePreparation preparation)
    {
        if (Journal is not null)
        {
            return;
        }

        var prepared = await preparation.PrepareAsync(
            new UpgradeWish
            {
                Cluster = "simulation",
                Target = schedule.Target,
                Finalize = schedule.Operator.Finalize,
                AcceptedUnavailable = schedule.Unprotected,
            },
            CancellationToken.None);
        if (prepared.Plan is { } plan)
        {
            Journal = Invariants.Deeds.Journal = new MemoryJournal("simulation", plan, time);
            script.Begin(Journal);
            WhenPlanned?.Invoke(Journal);
        }
        else
        {
            Tell($"no plan: {string.Join("; ", prepared.Findings.Where(finding => finding.Severity == FindingSeverity.Refusal).Select(Wording.Of))}");
        }
    }

    private TrafficRun TrafficOn(TopicLayout topic, int index)
    {
        var entropy = new Entropy(schedule.Seed + (ulong)index);
        return new TrafficRun(
            new TrafficOptions
            {
                Bootstrap = sandbox.Core.Topology.Bootstrap,
                Topic = topic.Name,
                CreateTopic = false,
                Partitions = topic.Partitions,
                RecordsPerSecond = RecordsPerSecond,
                FetchWait = TimeSpan.FromSeconds(2),
                RecordBytes = 100,
                Consumers = entropy.Between(1, 2),
                DeliveryTimeout = TimeSpan.FromMinutes(30),
                DrainTimeout = TimeSpan.FromMinutes(30),
                StartTimeout = TimeSpan.FromMinutes(5),
            },
            transport,
            time,
            entropy.NextGuid());
    }

    private void Tell(string what) => sandbox.Host.Submit(new Input.Done(what, static _ => { }));
}
