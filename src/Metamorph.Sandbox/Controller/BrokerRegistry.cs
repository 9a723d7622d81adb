using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>What a broker wants, in a heartbeat.</summary>
internal enum BrokerWish
{
    StayFenced,
    Serve,
    ShutDown,
}

/// <summary>What the controller grants (<c>BrokerControlState</c>).</summary>
internal enum BrokerControlState
{
    Fenced,
    Unfenced,
    ControlledShutdown,
    ShutdownNow,
}

/// <summary>
/// Registrations, sessions, fencing and controlled shutdown, on the controller's side (<c>ClusterControlManager</c>,
/// <c>BrokerHeartbeatManager</c>).
/// </summary>
internal sealed class BrokerRegistry(World world)
{
    private readonly SortedDictionary<int, BrokerSession> sessions = [];
    private CoreTimer? expiry;
    private DateTimeOffset inOfficeSince;

    private ImmutableSortedDictionary<int, BrokerRecord> Records => world.Metadata.Brokers.Now;

    /// <summary>Whether a broker may lead and be in an ISR.</summary>
    public bool IsActive(int broker) => Records.GetValueOrDefault(broker) is { IsActive: true };

    /// <summary>A controller that takes office gives every unfenced broker a fresh session.</summary>
    public void BeginSessions()
    {
        sessions.Clear();
        expiry?.Cancel();
        expiry = null;
        inOfficeSince = world.Now;
        foreach (var broker in Records.Values.Where(broker => !broker.IsFenced))
        {
            sessions[broker.Id] = new BrokerSession(broker.Incarnation, world.Now);
        }

        ScheduleExpiry();
    }

    /// <summary>Takes a registration, or says why not.</summary>
    public (ErrorCode Error, long Epoch) Register(SandboxNode node, NodeLife life)
    {
        var id = node.Id.Value;
        if (sessions.TryGetValue(id, out var session) && session.Incarnation != life.Incarnation && IsValid(session))
        {
            world.Say($"broker {id} may not register: the session of its former life is still valid");
            return (ErrorCode.DuplicateBrokerRegistration, -1);
        }

        if (life.Profile.CannotRun(world.Metadata.Features.Now) is [var feature, ..])
        {
            world.Say($"broker {id} may not register: it does not support {feature} {world.Metadata.Features.Now[feature]}");
            return (ErrorCode.UnsupportedVersion, -1);
        }

        // A new life is in no ISR until it has caught up again; one whose logs were not closed may have lost records.
        if (Records.ContainsKey(id) && node.WasClosedCleanly)
        {
            world.Controller.Partitions.RemoveFromIsrs(id);
        }
        else if (Records.ContainsKey(id))
        {
            world.Controller.Partitions.RemoveUnclean(id);
        }

        var epoch = world.Metadata.End + 1;
        world.Metadata.Put(new BrokerRecord
        {
            Id = id,
            Epoch = epoch,
            Incarnation = life.Incarnation,
            IsFenced = true,
            Features = life.Profile.FeaturesRegisteredWith(world.Quorum.Profile!),
            Rack = node.Spec.Rack,
            Endpoint = node.Spec.BrokerEndpoint!,
        });
        sessions[id] = new BrokerSession(life.Incarnation, world.Now) { MetadataOffset = -1 };
        ScheduleExpiry();
        world.Say($"broker {id} registered with epoch {epoch}");
        return (ErrorCode.None, epoch);
    }

    /// <summary>
    /// A registered life registers once more, with its epoch and fencing as they are: its features are told in the
    /// words of whoever is active now.
    /// </summary>
    public void Amend(SandboxNode node, NodeLife life)
    {
        if (Records.GetValueOrDefault(node.Id.Value) is { } record && record.Incarnation == life.Incarnation)
        {
            world.Metadata.Put(record with { Features = life.Profile.FeaturesRegisteredWith(world.Quorum.Profile!) });
            world.Say($"broker {node.Id} registered again, still with epoch {record.Epoch}");
        }
    }

    /// <summary>Takes a heartbeat and grants what can be granted; null: it is of no registered life, and gets an error.</summary>
    public BrokerControlState? Heartbeat(SandboxNode node, NodeLife life, BrokerWish wish)
    {
        var id = node.Id.Value;
        if (Records.GetValueOrDefault(id) is not { } record || record.Epoch != life.BrokerEpoch)
        {
            return null;
        }

        var session = Touch(id, life);
        var next = NextState(record, session, wish, life.Applied);
        switch (next)
        {
            case BrokerControlState.Fenced when !record.IsFenced:
            case BrokerControlState.ShutdownNow when !record.IsFenced:
                Fence(record);
                break;
            case BrokerControlState.Unfenced when record.IsFenced:
                Unfence(record);
                break;
            case BrokerControlState.ControlledShutdown when !record.IsInControlledShutdown:
                BeginControlledShutdown(record, session);
                break;
        }

        if (next == BrokerControlState.ShutdownNow && !world.Quorum.Profile!.SessionSurvivesCleanShutdown)
        {
            sessions.Remove(id);
        }

        ScheduleExpiry();
        return next;
    }

    /// <summary>Forgets a broker, alive or not, as UnregisterBroker does.</summary>
    public ErrorCode Unregister(int id)
    {
        if (!Records.ContainsKey(id))
        {
            return ErrorCode.BrokerIdNotRegistered;
        }

        world.Controller.Partitions.RemoveFromIsrs(id);
        sessions.Remove(id);
        world.Metadata.RemoveBroker(id);
        world.Say($"broker {id} is unregistered");
        return ErrorCode.None;
    }

    /// <summary>Marks log dirs of a broker as offline, or as well again (AssignReplicasToDirs, heartbeats with offline dirs).</summary>
    public void SetOfflineDirs(int id, ImmutableHashSet<int> dirs)
    {
        if (Records.GetValueOrDefault(id) is { } record)
        {
            world.Metadata.Put(record with { OfflineDirs = dirs });
        }
    }

    private BrokerControlState NextState(BrokerRecord record, BrokerSession session, BrokerWish wish, long applied)
    {
        if (record.IsFenced)
        {
            return wish switch
            {
                BrokerWish.ShutDown => BrokerControlState.ShutdownNow,
                BrokerWish.Serve when applied >= record.Epoch => BrokerControlState.Unfenced,
                _ => BrokerControlState.Fenced,
            };
        }

        if (record.IsInControlledShutdown)
        {
            return HasLeaderships(record.Id) || LowestActiveOffset() < session.ShutdownOffset
                ? BrokerControlState.ControlledShutdown
                : BrokerControlState.ShutdownNow;
        }

        return wish switch
        {
            BrokerWish.StayFenced => BrokerControlState.Fenced,
            BrokerWish.ShutDown => HasLeaderships(record.Id) ? BrokerControlState.ControlledShutdown : BrokerControlState.ShutdownNow,
            _ => BrokerControlState.Unfenced,
        };
    }

    private void Fence(BrokerRecord record)
    {
        world.Controller.Partitions.RemoveFromIsrs(record.Id);
        world.Metadata.Put(record with { IsFenced = true, IsInControlledShutdown = false });
        world.Say($"broker {record.Id} is fenced");
    }

    private void Unfence(BrokerRecord record)
    {
        world.Metadata.Put(record with { IsFenced = false });
        world.Say($"broker {record.Id} is unfenced");
        world.Controller.Partitions.ElectWhereLeaderless(record.Id);
    }

    private void BeginControlledShutdown(BrokerRecord record, BrokerSession session)
    {
        world.Metadata.Put(record with { IsInControlledShutdown = true });
        world.Say($"broker {record.Id} is in controlled shutdown");
        world.Controller.Partitions.RemoveFromIsrs(record.Id);
        session.ShutdownOffset = world.Metadata.End;
    }

    private bool HasLeaderships(int broker)
    {
        foreach (var partition in world.Metadata.Partitions)
        {
            if (partition.Now.Leader == broker)
            {
                return true;
            }
        }

        return false;
    }

    private long LowestActiveOffset()
    {
        var lowest = long.MaxValue;
        foreach (var record in Records.Values.Where(record => record.IsActive))
        {
            lowest = Math.Min(lowest, sessions.TryGetValue(record.Id, out var session) ? session.MetadataOffset : -1);
        }

        return lowest;
    }

    private BrokerSession Touch(int id, NodeLife life)
    {
        if (!sessions.TryGetValue(id, out var session) || session.Incarnation != life.Incarnation)
        {
            sessions[id] = session = new BrokerSession(life.Incarnation, world.Now);
        }

        (session.LastContact, session.MetadataOffset) = (world.Now, life.Applied);
        return session;
    }

    private bool IsValid(BrokerSession session) => world.Now - session.LastContact < world.Timings.BrokerSession;

    /// <summary>Looks when the oldest session is over; from 4.0 on every eighth of a session.</summary>
    /// <remarks>A look that is due already stays: sessions only get longer, and it schedules the next one.</remarks>
    private void ScheduleExpiry()
    {
        if (expiry is not null || !world.Quorum.IsActive || sessions.Count == 0)
        {
            return;
        }

        var due = sessions.Values.Min(session => session.LastContact) + world.Timings.BrokerSession;
        due = due < world.Now ? world.Now : due;
        if (world.Quorum.Profile!.FencingTimer == FencingTimer.EveryEighthOfSession)
        {
            // It looks at times of its own: heartbeats of others must not put that off.
            var poll = world.Timings.BrokerSession / 8;
            due = inOfficeSince + (poll * Math.Ceiling((due - inOfficeSince) / poll));
        }

        expiry = world.Timers.At(due, Expire);
    }

    private void Expire()
    {
        expiry = null;
        if (world.Quorum.IsActive)
        {
            foreach (var (id, session) in sessions.Where(entry => !IsValid(entry.Value)).ToList())
            {
                sessions.Remove(id);
                if (Records.GetValueOrDefault(id) is { IsFenced: false } record)
                {
                    world.Say($"the session of broker {id} is over");
                    Fence(record);
                }
            }
        }

        ScheduleExpiry();
    }

    private sealed class BrokerSession(Guid incarnation, DateTimeOffset now)
    {
        public Guid Incarnation => incarnation;

        public DateTimeOffset LastContact { get; set; } = now;

        /// <summary>The metadata that the broker said it has.</summary>
        public long MetadataOffset { get; set; } = long.MaxValue;

        public long ShutdownOffset { get; set; }
    }
}
