using Metamorph.Kafka.Protocol;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>The transaction coordinators of all brokers (<c>TransactionCoordinator</c>).</summary>
internal sealed class TransactionCoordinator
{
    private readonly World world;
    private readonly CoordinatorShards<TransactionShard> shards;

    public TransactionCoordinator(World world)
    {
        this.world = world;
        ProducerIds = new ProducerIds(world);
        shards = new(world, InternalTopics.TransactionState, (node, life, partition) =>
            new TransactionShard(world, node, life, partition));
    }

    public ProducerIds ProducerIds { get; }

    /// <summary>
    /// The partition of <c>__transaction_state</c> that a transactional id belongs to, as a broker knows it.
    /// </summary>
    public SandboxPartition? PartitionOf(string transactionalId, NodeLife life) =>
        shards.PartitionOf(transactionalId, life);

    /// <summary>Where the asked broker keeps a transactional id, or why it does not coordinate it.</summary>
    public (ErrorCode Error, TransactionShard? Shard) Find(Call call, string transactionalId) =>
        shards.Find(call.Node, call.Life, transactionalId);

    /// <summary>Everything that the asked broker coordinates.</summary>
    public IEnumerable<(ErrorCode Error, TransactionShard? Shard)> Of(Call call) => shards.Of(call.Node, call.Life);

    /// <summary>A broker has applied a record.</summary>
    public void Applied(SandboxNode node, NodeLife life, MetadataChange change) => shards.Applied(node, life, change);

    /// <summary>
    /// Asks from a partition's leader whether a partition is part of a producer's transaction, or makes it so
    /// (KIP-890).
    /// </summary>
    /// <param name="asker">The leader; its belief decides which broker is asked.</param>
    /// <param name="transactionalId">The transaction.</param>
    /// <param name="producer">Who writes.</param>
    /// <param name="partition">What is written to.</param>
    /// <param name="isVerifying">Asks only; false: the partition joins the transaction.</param>
    /// <param name="whenDone">Is told that it is part of it, or why it is not.</param>
    public void Join(
        SandboxNode asker,
        string transactionalId,
        (long Id, short Epoch) producer,
        TopicPartition partition,
        bool isVerifying,
        Action<ErrorCode> whenDone)
    {
        if (asker.Life is not { } life || PartitionOf(transactionalId, life) is not { } home)
        {
            whenDone(ErrorCode.CoordinatorNotAvailable);
            return;
        }

        var leader = world.Nodes.Find(home.AsOf(life.Applied)?.Leader ?? -1);
        var hop = leader == asker ? TimeSpan.Zero : world.Timings.Hop;
        world.After(hop, () =>
        {
            if (leader is not { IsReachable: true, Life: { } leading } || (asker.IsCutOff && leader != asker))
            {
                whenDone(ErrorCode.CoordinatorNotAvailable);
                return;
            }

            var (error, shard) = shards.Find(leader, leading, home);
            if (shard is null)
            {
                Answer(error);
            }
            else if (isVerifying)
            {
                Answer(TransactionParts.Verify(shard, transactionalId, producer, [partition]));
            }
            else
            {
                TransactionParts.Add(shard, transactionalId, producer, [partition], Answer);
            }
        });

        void Answer(ErrorCode error) => world.After(hop, () => whenDone(error));
    }
}
