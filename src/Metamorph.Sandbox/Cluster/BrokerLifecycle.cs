using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>
/// A broker's own side of its life: registering, heartbeats, recovery, controlled shutdown
/// (<c>BrokerLifecycleManager</c>).
/// </summary>
internal sealed class BrokerLifecycle(World world)
{
    /// <summary><c>initial.broker.registration.timeout.ms</c>: a broker that is not registered by then ends itself.</summary>
    private static readonly TimeSpan RegistrationPatience = TimeSpan.FromSeconds(60);

    /// <summary>Until it is unfenced a broker asks again and again.</summary>
    private static readonly TimeSpan EagerBeat = TimeSpan.FromMilliseconds(10);

    /// <summary>How soon a broker asks again after the first answer to its wish to stop.</summary>
    private static readonly TimeSpan FirstShutdownBeat = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// From its registration to the loading of its logs: it reads the metadata log so far. Others see it fenced meanwhile,
    /// half a second on small real nodes.
    /// </summary>
    private static readonly TimeSpan ReadsMetadata = TimeSpan.FromMilliseconds(500);

    public void Register(SandboxNode node, NodeLife life)
    {
        if (world.Now - life.StartedAt > RegistrationPatience + world.Timings.Boot.Max)
        {
            Give(node, "did not register in time");
            return;
        }

        world.Quorum.WhenReachedFrom(node, life, () =>
        {
            var (error, epoch) = world.Controller.Brokers.Register(node, life);
            world.After(world.Timings.Commit + world.Timings.Hop, () => NodeTable.WhenAwake(node, life, () => Registered(node, life, error, epoch)));
        });
    }

    public void BeatIn(SandboxNode node, NodeLife life, TimeSpan delay)
    {
        life.Heartbeat?.Cancel();
        life.Heartbeat = world.After(delay, () => NodeTable.WhenAwake(node, life, () => Beat(node, life)));
    }

    public void BeginShutdown(SandboxNode node, NodeLife life)
    {
        if (life.Phase is BrokerPhase.Starting or BrokerPhase.Recovery)
        {
            world.Nodes.Close(node, life);
            return;
        }

        life.Phase = BrokerPhase.PendingControlledShutdown;
        node.Write(world.Now, $"INFO [BrokerLifecycleManager id={node.Id}] Beginning controlled shutdown.");
        BeatIn(node, life, TimeSpan.Zero);
        world.After(world.Timings.ShutdownPatience, () => NodeTable.WhenAwake(node, life, () =>
        {
            if (life.Phase == BrokerPhase.PendingControlledShutdown)
            {
                world.Say($"node {node.Id} goes without the controller's leave, after {world.Timings.ShutdownPatience.TotalMinutes:0} minutes");
                world.Nodes.Close(node, life);
            }
        }));
    }

    private void Registered(SandboxNode node, NodeLife life, ErrorCode error, long epoch)
    {
        if (life.IsStopping)
        {
            return;
        }

        if (error == ErrorCode.DuplicateBrokerRegistration)
        {
            world.After(world.Timings.HeartbeatInterval, () => NodeTable.WhenAwake(node, life, () => Register(node, life)));
        }
        else if (error != ErrorCode.None)
        {
            Give(node, $"could not register: {error}");
        }
        else
        {
            life.BrokerEpoch = epoch;
            world.Quorum.Back(node);
            node.Write(world.Now, $"INFO [BrokerLifecycleManager id={node.Id}] Successfully registered broker {node.Id} with broker epoch {epoch}");
            world.After(ReadsMetadata, () => NodeTable.WhenAwake(node, life, () => Recover(node, life)));
            BeatIn(node, life, EagerBeat);
        }
    }

    /// <summary>Loads the logs, fenced. Those that were not closed are read through.</summary>
    private void Recover(SandboxNode node, NodeLife life)
    {
        life.Phase = BrokerPhase.Recovery;
        life.Applied = world.Metadata.End;
        var takes = world.Replication.RecoveryTime(node, life);
        node.WasClosedCleanly = false;
        world.After(takes, () => NodeTable.WhenAwake(node, life, () =>
        {
            life.IsRecovered = true;
            world.Replication.Loaded(node, life);
            world.Replication.ExpireIsrs(node, life);
            BeatIn(node, life, TimeSpan.Zero);
        }));
    }

    private void Beat(SandboxNode node, NodeLife life)
    {
        BeatIn(node, life, IntervalOf(life));
        if (!node.IsCutOff)
        {
            world.After(world.Timings.Hop, () => Arrive(node, life));
        }
    }

    private void Arrive(SandboxNode node, NodeLife life)
    {
        if (node.Life != life || node.IsCutOff || !world.Quorum.IsActive)
        {
            return;
        }

        var wish = life switch
        {
            { Phase: BrokerPhase.PendingControlledShutdown } => BrokerWish.ShutDown,
            { IsRecovered: true } or { Phase: BrokerPhase.Running } => BrokerWish.Serve,
            _ => BrokerWish.StayFenced,
        };
        if (world.Controller.Brokers.Heartbeat(node, life, wish) is { } state)
        {
            world.After(world.Timings.Commit + world.Timings.Hop, () => NodeTable.WhenAwake(node, life, () => Told(node, life, state)));
        }
    }

    private void Told(SandboxNode node, NodeLife life, BrokerControlState state)
    {
        switch (life.Phase)
        {
            case BrokerPhase.Recovery when state == BrokerControlState.Unfenced:
                life.Phase = BrokerPhase.Running;
                node.Write(world.Now, $"INFO [KafkaRaftServer nodeId={node.Id}] Kafka Server started");
                world.Nodes.TurnListeners(node);
                BeatIn(node, life, world.Timings.HeartbeatInterval);
                break;
            case BrokerPhase.PendingControlledShutdown when state == BrokerControlState.ShutdownNow:
                world.Nodes.Close(node, life);
                break;
            case BrokerPhase.PendingControlledShutdown when !life.HasHeardOfShutdown:
                life.HasHeardOfShutdown = true;
                BeatIn(node, life, FirstShutdownBeat);
                break;
        }
    }

    private TimeSpan IntervalOf(NodeLife life) =>
        life.Phase == BrokerPhase.Recovery && life.IsRecovered ? EagerBeat : world.Timings.HeartbeatInterval;

    private void Give(SandboxNode node, string why)
    {
        node.Write(world.Now, $"ERROR Exiting Kafka due to fatal exception: {why}");
        world.Say($"node {node.Id} {why}, and ends");
        world.Nodes.End(node, isClean: true);
    }
}
