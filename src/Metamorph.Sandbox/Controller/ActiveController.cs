using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>
/// The work of whichever controller is active (<c>QuorumController</c>), by concern. What it knows is the metadata log,
/// so that a successor goes on where it was; only sessions begin anew.
/// </summary>
internal sealed class ActiveController
{
    private readonly World world;

    public ActiveController(World world)
    {
        this.world = world;
        Brokers = new BrokerRegistry(world);
        Partitions = new PartitionControl(world);
        Features = new FeatureControl(world);
        Topics = new TopicControl(world);
        Reassignments = new ReassignmentControl(world);
        Configs = new ConfigControl(world);
        Quotas = new QuotaControl(world);
        world.After(world.Timings.ImbalanceCheck, Rebalance);
    }

    public BrokerRegistry Brokers { get; }

    public PartitionControl Partitions { get; }

    public FeatureControl Features { get; }

    public TopicControl Topics { get; }

    public ReassignmentControl Reassignments { get; }

    public ConfigControl Configs { get; }

    public QuotaControl Quotas { get; }

    /// <summary>A controller took office.</summary>
    public void BecameActive()
    {
        Brokers.BeginSessions();
        foreach (var voter in world.Nodes.Voters.Where(voter => voter is { IsReachable: true, Life.IsVoting: true }))
        {
            Features.RegisterController(voter);
        }
    }

    /// <summary>A controller takes part in the quorum, and registers with the active one.</summary>
    public void ControllerJoined(SandboxNode node)
    {
        if (world.Quorum.IsActive)
        {
            Features.RegisterController(node);
        }
    }

    /// <summary>
    /// Lets the active controller decide, and answers the call once the decision is committed. A broker passes the
    /// request on, and waits for a controller where there is none.
    /// </summary>
    /// <param name="call">The request.</param>
    /// <param name="decide">Runs at the active controller, and gives the answer.</param>
    /// <param name="fail">Gives the answer where it is not decided: there was no controller in time, or the one that was asked is not active.</param>
    public void Decide<TResponse>(Call<TResponse> call, Func<TResponse> decide, Func<ErrorCode, TResponse> fail)
        where TResponse : IKafkaResponse<TResponse>
    {
        if (call.Connection.Kind == ListenerKind.Controller)
        {
            if (world.Quorum.Leader == call.Node)
            {
                AnswerCommitted(call, decide());
            }
            else
            {
                call.Answer(fail(ErrorCode.NotController));
            }

            return;
        }

        var isOver = false;
        var patience = world.After(world.Timings.ForwardPatience, () =>
        {
            isOver = true;
            call.Answer(fail(ErrorCode.RequestTimedOut));
        });
        world.Quorum.WhenReachedFrom(call.Node, call.Life, () =>
        {
            if (!isOver)
            {
                patience.Cancel();
                AnswerCommitted(call, decide());
            }
        });
    }

    private void AnswerCommitted<TResponse>(Call<TResponse> call, TResponse response)
        where TResponse : IKafkaResponse<TResponse> =>
        world.After(world.Timings.Commit + world.Timings.Hop, () => call.Answer(response));

    /// <summary><c>auto.leader.rebalance.enable</c>: leadership goes back to preferred leaders, whatever the imbalance.</summary>
    private void Rebalance()
    {
        if (world.Quorum.IsActive)
        {
            Partitions.ElectPreferredWhereNeeded();
        }

        world.After(world.Timings.ImbalanceCheck, Rebalance);
    }
}
