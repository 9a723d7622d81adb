using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Records;

namespace Metamorph.Sandbox.Tests.Transactions;

public sealed class TransactionTests
{
    private const string Id = "payments";
    private const string Group = "readers";
    private const sbyte OfTransaction = 1;

    [Fact]
    public void Producer_ids_are_unique_in_the_cluster_and_survive_every_controller()
    {
        var crowd = new Crowd(Cluster());
        var ids = new List<long>();
        foreach (var node in new[] { 1, 2, 3, 1, 2, 3 })
        {
            ids.Add(crowd.Connect(node).Ask(Idempotent(), 4).ProducerId);
        }

        crowd.Order(1, new NodeOrder.Kill());
        crowd.Order(1, new NodeOrder.Start(null));
        crowd.PassUntil(
            () => crowd.Core.ModeOf(new ListenerId(new Model.NodeId(1), ListenerKind.Broker)) == ListenerMode.Open);
        ids.Add(crowd.Connect(1).Ask(Idempotent(), 4).ProducerId);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(1, ids[3] - ids[0]);
    }

    [Fact]
    public void A_second_producer_of_an_id_fences_the_first()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Id, OfTransaction);
        var first = guest.Ask(Init(), 4);
        var second = guest.Ask(Init(), 4);
        Assert.Equal((ErrorCode.None, (short)0), (first.ErrorCode, first.ProducerEpoch));
        Assert.Equal(
            (ErrorCode.None, first.ProducerId, (short)1), (second.ErrorCode, second.ProducerId, second.ProducerEpoch));
        Assert.Equal(ErrorCode.ProducerFenced, Added(guest.Ask(Add(first), 3)));
        Assert.Equal(ErrorCode.InvalidProducerEpoch, Added(guest.Ask(Add(first), 1)));
        Assert.Equal(ErrorCode.None, Added(guest.Ask(Add(second), 3)));
        Assert.Equal(ErrorCode.InvalidTransactionTimeout, guest.Ask(Init(timeoutMs: 1_000_000), 4).ErrorCode);

        // One that comes while a transaction runs has it aborted first, and asks until that is done.
        Assert.Equal(ErrorCode.ConcurrentTransactions, guest.Ask(Init(), 4).ErrorCode);
        crowd.Pass(TimeSpan.FromMilliseconds(100));
        var third = guest.Ask(Init(), 4);
        Assert.Equal((ErrorCode.None, (short)3), (third.ErrorCode, third.ProducerEpoch));
        Assert.Equal(false, Marker(crowd, "orders", 0));
    }

    [Fact]
    public void A_producer_that_goes_on_gets_the_same_answer_to_the_same_question()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Id, OfTransaction);
        var first = guest.Ask(Init(), 4);
        var bumped = guest.Ask(Init(first), 4);
        var again = guest.Ask(Init(first), 4);
        Assert.Equal((1, 1), (bumped.ProducerEpoch, again.ProducerEpoch));
        guest.Ask(Init(), 4);
        Assert.Equal(ErrorCode.ProducerFenced, guest.Ask(Init(first), 4).ErrorCode);
    }

    [Fact]
    public void A_commit_is_marked_in_every_partition_and_its_offsets_count_from_then_on()
    {
        var crowd = new Crowd(Cluster());
        var (guest, group) = (crowd.ConnectTo(Id, OfTransaction), crowd.ConnectTo(Group));
        var producer = guest.Ask(Init(), 4);
        Assert.Equal(ErrorCode.None, Added(guest.Ask(Add(producer), 3)));
        Assert.Equal(ErrorCode.InvalidTxnState, Offsets(group.Ask(OffsetsOf(producer, 7), 3)));
        Assert.Equal(ErrorCode.TransactionAbortable, Offsets(group.Ask(OffsetsOf(producer, 7), 4)));
        Assert.Equal(ErrorCode.None, guest.Ask(AddOffsets(producer), 3).ErrorCode);
        Assert.Equal(ErrorCode.None, Offsets(group.Ask(OffsetsOf(producer, 7), 3)));
        Assert.Equal((-1, ErrorCode.None), group.Committed(Group, "orders"));
        Assert.Equal((-1, ErrorCode.UnstableOffsetCommit), group.Committed(Group, "orders", stable: true));
        var described = guest.Ask(new DescribeTransactionsRequest { TransactionalIds = [Id] }, 0).TransactionStates[0];
        Assert.Equal(("Ongoing", 2), (described.TransactionState, described.Topics.Length));

        Assert.Equal(ErrorCode.None, guest.Ask(End(producer, isCommit: true), 3).ErrorCode);
        crowd.PassUntil(() => StateOf(guest) == "CompleteCommit");
        Assert.Equal((7, ErrorCode.None), group.Committed(Group, "orders", stable: true));
        Assert.Equal([true, true, null], new[] { 0, 1, 2 }.Select(index => Marker(crowd, "orders", index)));
        Assert.Equal(ErrorCode.None, guest.Ask(End(producer, isCommit: true), 3).ErrorCode);
        Assert.Equal(ErrorCode.InvalidTxnState, guest.Ask(End(producer, isCommit: false), 3).ErrorCode);
    }

    [Fact]
    public void An_aborted_transaction_leaves_no_offsets()
    {
        var crowd = new Crowd(Cluster());
        var (guest, group) = (crowd.ConnectTo(Id, OfTransaction), crowd.ConnectTo(Group));
        var producer = guest.Ask(Init(), 4);
        guest.Ask(AddOffsets(producer), 3);
        Assert.Equal(ErrorCode.None, Offsets(group.Ask(OffsetsOf(producer, 7), 3)));
        Assert.Equal(ErrorCode.None, guest.Ask(End(producer, isCommit: false), 3).ErrorCode);
        crowd.PassUntil(() => StateOf(guest) == "CompleteAbort");
        Assert.Equal((-1, ErrorCode.None), group.Committed(Group, "orders", stable: true));
    }

    [Fact]
    public void With_transaction_version_2_every_end_has_an_epoch_of_its_own_and_offsets_join_by_themselves()
    {
        var crowd = new Crowd(Cluster());
        var (guest, group) = (crowd.ConnectTo(Id, OfTransaction), crowd.ConnectTo(Group));
        var producer = guest.Ask(Init(), 5);
        Assert.Equal(ErrorCode.None, Offsets(group.Ask(OffsetsOf(producer, 7), 5)));
        var ended = guest.Ask(End(producer, isCommit: true), 5);
        Assert.Equal(
            (ErrorCode.None, producer.ProducerId, (short)1), (ended.ErrorCode, ended.ProducerId, ended.ProducerEpoch));
        crowd.PassUntil(() => StateOf(guest) == "CompleteCommit");
        Assert.Equal(7, group.Committed(Group, "orders", stable: true).Offset);
        var again = guest.Ask(End(producer, isCommit: true), 5);
        Assert.Equal((ErrorCode.None, (short)1), (again.ErrorCode, again.ProducerEpoch));
        Assert.Equal(ErrorCode.InvalidProducerEpoch, Offsets(group.Ask(OffsetsOf(producer, 8), 5)));

        // An abort of nothing is allowed, and raises the epoch too.
        var next = new InitProducerIdResponse { ProducerId = ended.ProducerId, ProducerEpoch = ended.ProducerEpoch };
        Assert.Equal(ErrorCode.InvalidTxnState, guest.Ask(End(next, isCommit: true), 5).ErrorCode);
        Assert.Equal(2, guest.Ask(End(next, isCommit: false), 5).ProducerEpoch);
    }

    [Fact]
    public void A_transaction_that_runs_too_long_is_aborted_and_its_producer_fenced()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Id, OfTransaction);
        var producer = guest.Ask(Init(timeoutMs: 20_000), 4);
        guest.Ask(Add(producer), 3);
        crowd.Pass(TimeSpan.FromSeconds(19));
        Assert.Equal("Ongoing", StateOf(guest));
        crowd.Pass(TimeSpan.FromSeconds(12));
        Assert.Equal("CompleteAbort", StateOf(guest));
        Assert.Equal(ErrorCode.ProducerFenced, guest.Ask(End(producer, isCommit: true), 3).ErrorCode);
        Assert.Equal(false, Marker(crowd, "orders", 0));
    }

    [Fact]
    public void A_new_coordinator_ends_what_the_last_one_had_decided()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Id, OfTransaction);
        var producer = guest.Ask(Init(), 4);

        // Nobody but the broker that is down has the partition, so that its marker cannot be written.
        var down = (guest.Node % 3) + 1;
        guest.Ask(Add(producer, $"only-{down}", 0), 3);
        crowd.Order(down, new NodeOrder.Kill());
        crowd.Pass(TimeSpan.FromSeconds(15));
        Assert.Equal(ErrorCode.None, guest.Ask(End(producer, isCommit: true), 3).ErrorCode);
        crowd.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal("PrepareCommit", StateOf(guest));
        Assert.Equal(ErrorCode.ConcurrentTransactions, guest.Ask(End(producer, isCommit: true), 3).ErrorCode);
        crowd.Order(guest.Node, new NodeOrder.Kill());
        crowd.Order(down, new NodeOrder.Start(null));
        var survivor = new[] { 1, 2, 3 }.First(node => node != guest.Node && node != down);
        crowd.PassUntil(() => crowd.CoordinatorOf(Id, OfTransaction, survivor) != guest.Node);
        var next = crowd.ConnectTo(Id, OfTransaction, survivor);
        crowd.PassUntil(() => StateOf(next) == "CompleteCommit");
        Assert.Equal(true, Marker(crowd, $"only-{down}", 0));
    }

    [Fact]
    public void A_write_is_taken_only_into_its_transaction_and_a_newer_producer_joins_by_it()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Id, OfTransaction);
        var producer = guest.Ask(Init(), 5);
        var leader = crowd.Connect(crowd.Core.PartitionOf("orders", 0).Leader);
        Assert.Equal(ErrorCode.TransactionAbortable, Produced(leader, producer, 11));
        Assert.Equal(ErrorCode.InvalidTxnState, Produced(leader, producer, 10));
        Assert.Equal(ErrorCode.None, Produced(leader, producer, 12));
        Assert.Equal("Ongoing", StateOf(guest));
        Assert.Equal(ErrorCode.None, guest.Ask(End(producer, isCommit: false), 5).ErrorCode);
        crowd.PassUntil(() => StateOf(guest) == "CompleteAbort");
        Assert.Equal(false, Marker(crowd, "orders", 0));
        Assert.Equal(ErrorCode.InvalidProducerEpoch, Produced(leader, producer, 12));
    }

    [Fact]
    public void One_broker_is_enough_for_a_transaction()
    {
        var crowd = new Crowd(TestCluster.Of("4.2.0", brokers: 1, TestCluster.With(TestCluster.Topic("orders", [1]))));
        var guest = crowd.ConnectTo(Id, OfTransaction);
        crowd.ConnectTo(Group);
        var producer = guest.Ask(Init(), 5);
        Assert.Equal(ErrorCode.None, Produced(guest, producer, 12));
        Assert.Equal(ErrorCode.None, Offsets(guest.Ask(OffsetsOf(producer, 7), 5)));
        Assert.Equal(1, guest.Ask(End(producer, isCommit: true), 5).ProducerEpoch);
        crowd.PassUntil(() => StateOf(guest) == "CompleteCommit");
        Assert.Equal(true, Marker(crowd, "orders", 0));
        Assert.Equal(7, guest.Committed(Group, "orders", stable: true).Offset);
        guest.Alone(Group);
    }

    [Fact]
    public void The_same_seed_gives_the_same_history()
    {
        Assert.Equal(Run(), Run());

        static ulong Run()
        {
            var crowd = new Crowd(Cluster());
            var (guest, group) = (crowd.ConnectTo(Id, OfTransaction), crowd.ConnectTo(Group));
            var joined = group.Alone(Group);
            var producer = guest.Ask(Init(timeoutMs: 20_000), 5);
            group.Ask(OffsetsOf(producer, 7), 5);
            crowd.Order(group.Node, new NodeOrder.Kill());
            crowd.Pass(TimeSpan.FromMinutes(2));
            Assert.NotEmpty(joined.MemberId);
            return crowd.Core.History.Hash;
        }
    }

    [Fact]
    public void Transactions_are_listed_by_state_producer_duration_and_name()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Id, OfTransaction);
        var producer = guest.Ask(Init(), 4);
        guest.Ask(Add(producer), 3);
        crowd.Pass(TimeSpan.FromSeconds(5));
        Assert.Single(List(new() { StateFilters = ["Ongoing", "Nonsense"] }).TransactionStates);
        Assert.Equal(["Nonsense"], List(new() { StateFilters = ["Ongoing", "Nonsense"] }).UnknownStateFilters);
        Assert.Empty(List(new() { StateFilters = ["Empty"] }).TransactionStates);
        Assert.Empty(List(new() { ProducerIdFilters = [producer.ProducerId + 1] }).TransactionStates);
        Assert.Single(List(new() { DurationFilter = 4000 }).TransactionStates);
        Assert.Empty(List(new() { DurationFilter = 6000 }).TransactionStates);
        Assert.Single(List(new() { TransactionalIdPattern = "pay.*" }).TransactionStates);
        Assert.Empty(List(new() { TransactionalIdPattern = "pay" }).TransactionStates);
        var nobody = crowd.ConnectTo("nobody", OfTransaction).Ask(new DescribeTransactionsRequest
        {
            TransactionalIds = ["nobody"],
        }, 0);
        Assert.Equal(ErrorCode.TransactionalIdNotFound, nobody.TransactionStates[0].ErrorCode);

        ListTransactionsResponse List(ListTransactionsRequest request) => guest.Ask(request, 2);
    }

    [Fact]
    public void A_hanging_transaction_can_be_ended_by_hand()
    {
        var crowd = new Crowd(Cluster());
        var leader = crowd.Connect(crowd.Core.PartitionOf("orders", 0).Leader);
        var request = new WriteTxnMarkersRequest
        {
            Markers = [new()
            {
                ProducerId = 77,
                ProducerEpoch = 3,
                Topics = [new() { Name = "orders", PartitionIndexes = [0, 1, 9] }],
            }],
        };
        var errors = leader.Ask(request, 1).Markers[0].Topics[0].Partitions.Select(partition => partition.ErrorCode);
        Assert.Equal([ErrorCode.None, ErrorCode.NotLeaderOrFollower, ErrorCode.UnknownTopicOrPartition], errors);
        Assert.Equal(false, Marker(crowd, "orders", 0));
    }

    [Fact]
    public void A_partition_remembers_which_coordinator_ended_a_transaction_and_hears_no_earlier_one()
    {
        var crowd = new Crowd(Cluster());
        var leader = crowd.Connect(crowd.Core.PartitionOf("orders", 0).Leader);
        Assert.Equal(ErrorCode.None, End(coordinatorEpoch: 5));
        Assert.Equal(ErrorCode.TransactionCoordinatorFenced, End(coordinatorEpoch: 4));
        Assert.Equal(ErrorCode.None, End(coordinatorEpoch: 5));
        var producers = leader.Ask(
            new DescribeProducersRequest { Topics = [new() { Name = "orders", PartitionIndexes = [0] }] }, 0);
        Assert.Equal(5, producers.Topics[0].Partitions[0].ActiveProducers.Single().CoordinatorEpoch);

        ErrorCode End(int coordinatorEpoch)
        {
            var request = new WriteTxnMarkersRequest
            {
                Markers = [new()
                {
                    ProducerId = 77,
                    ProducerEpoch = 3,
                    CoordinatorEpoch = coordinatorEpoch,
                    Topics = [new() { Name = "orders", PartitionIndexes = [0] }],
                }],
            };
            return leader.Ask(request, 1).Markers[0].Topics[0].Partitions[0].ErrorCode;
        }
    }

    private static string StateOf(Guest guest) =>
        guest.Ask(new DescribeTransactionsRequest { TransactionalIds = [Id] }, 0).TransactionStates[0].TransactionState;

    /// <summary>
    /// How the last transaction of a partition has ended, as its leader's log has it; null: there was none.
    /// </summary>
    private static bool? Marker(Crowd crowd, string topic, int index)
    {
        var partition = crowd.Core.World.Metadata.FindTopic(topic)!.Partitions[index];
        return partition.Replicas?.Find(partition.Now.Leader)?.Log.Batches.LastOrDefault(
            batch => batch.Marker is not null)?.Marker;
    }

    private static InitProducerIdRequest Idempotent() => new()
    {
        TransactionalId = null,
        TransactionTimeoutMs = 60_000,
    };

    private static InitProducerIdRequest Init(InitProducerIdResponse? from = null, int timeoutMs = 60_000) => new()
    {
        TransactionalId = Id,
        TransactionTimeoutMs = timeoutMs,
        ProducerId = from?.ProducerId ?? -1,
        ProducerEpoch = from?.ProducerEpoch ?? -1,
    };

    private static ErrorCode Produced(Guest leader, InitProducerIdResponse producer, short version)
    {
        var batch = new RecordBatchBuilder
        {
            ProducerId = producer.ProducerId, ProducerEpoch = producer.ProducerEpoch, BaseSequence = 0,
            IsTransactional = true,
        }.Add(key: new byte[] { 1 }, value: new byte[] { 2 }, timestampMs: 1).Build();
        var answer = leader.Ask(
            new ProduceRequest
            {
                TransactionalId = Id,
                Acks = -1,
                TimeoutMs = 30_000,
                TopicData = [new() { Name = "orders", PartitionData = [new() { Records = batch }] }],
            },
            version);
        return answer.Responses[0].PartitionResponses[0].ErrorCode;
    }

    private static AddPartitionsToTxnRequest Add(
        InitProducerIdResponse producer, string topic = "orders", params int[] indexes) => new()
    {
        V3AndBelowTransactionalId = Id,
        V3AndBelowProducerId = producer.ProducerId,
        V3AndBelowProducerEpoch = producer.ProducerEpoch,
        V3AndBelowTopics = [new() { Name = topic, Partitions = indexes.Length == 0 ? [0, 1] : indexes }],
    };

    private static ErrorCode Added(AddPartitionsToTxnResponse answer) =>
        answer.ResultsByTopicV3AndBelow[0].ResultsByPartition[0].PartitionErrorCode;

    private static AddOffsetsToTxnRequest AddOffsets(InitProducerIdResponse producer) => new()
    {
        TransactionalId = Id, ProducerId = producer.ProducerId, ProducerEpoch = producer.ProducerEpoch, GroupId = Group,
    };

    private static TxnOffsetCommitRequest OffsetsOf(InitProducerIdResponse producer, long offset) => new()
    {
        TransactionalId = Id,
        GroupId = Group,
        ProducerId = producer.ProducerId,
        ProducerEpoch = producer.ProducerEpoch,
        Topics = [new() { Name = "orders", Partitions = [new() { PartitionIndex = 0, CommittedOffset = offset }] }],
    };

    private static ErrorCode Offsets(TxnOffsetCommitResponse answer) => answer.Topics[0].Partitions[0].ErrorCode;

    private static EndTxnRequest End(InitProducerIdResponse producer, bool isCommit) => new()
    {
        TransactionalId = Id, ProducerId = producer.ProducerId, ProducerEpoch = producer.ProducerEpoch,
        Committed = isCommit,
    };

    private static ClusterCore Cluster(string release = "4.2.0") =>
        TestCluster.Of(release, change: TestCluster.With(
            TestCluster.Topic("orders", [1, 2, 3], [2, 3, 1], [3, 1, 2]),
            TestCluster.Topic("only-1", [1]),
            TestCluster.Topic("only-2", [2]),
            TestCluster.Topic("only-3", [3])));
}
