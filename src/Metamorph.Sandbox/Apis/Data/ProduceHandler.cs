using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Records;

namespace Metamorph.Sandbox;

/// <summary>Appends batches, and answers as <c>acks</c> asks (<c>ReplicaManager.appendRecords</c>).</summary>
internal sealed class ProduceHandler : ApiHandler<ProduceRequest, ProduceResponse>
{
    protected override void Handle(ProduceRequest request, Call<ProduceResponse> call, World world)
    {
        var topics = new ProduceResponse.TopicResponse[request.TopicData.Length];
        var pending = 1;
        for (var t = 0; t < topics.Length; t++)
        {
            var asked = request.TopicData[t];
            var answers = new ProduceResponse.PartitionResponse[asked.PartitionData.Length];
            topics[t] = new() { Name = asked.Name, TopicId = asked.TopicId, PartitionResponses = answers };
            for (var p = 0; p < answers.Length; p++)
            {
                var at = p;
                pending++;
                Append(asked, asked.PartitionData[p], request, call, world, answer =>
                {
                    answers[at] = answer;
                    DoneOne();
                });
            }
        }

        DoneOne();

        void DoneOne()
        {
            if (--pending == 0)
            {
                Finish(request, call, world, topics);
            }
        }
    }

    private static void Finish(
        ProduceRequest request, Call<ProduceResponse> call, World world, ProduceResponse.TopicResponse[] topics)
    {
        if (request.Acks != 0)
        {
            call.Answer(new ProduceResponse { Responses = topics, NodeEndpoints = EndpointsOf(topics, call, world) });
        }
        else if (topics.Any(topic => topic.PartitionResponses.Any(partition => partition.ErrorCode != ErrorCode.None)))
        {
            // A producer that asks for no answer learns of trouble by this alone.
            call.HangUp();
        }
        else
        {
            call.AnswerNothing();
        }
    }

    private static void Append(
        ProduceRequest.Topic asked,
        ProduceRequest.Partition data,
        ProduceRequest request,
        Call<ProduceResponse> call,
        World world,
        Action<ProduceResponse.PartitionResponse> then)
    {
        var topic = call.Version >= 13
            ? world.Metadata.FindTopic(asked.TopicId, call.Life.Applied)
            : world.Metadata.FindTopic(asked.Name, call.Life.Applied);
        if (topic is null || data.Index < 0 || data.Index >= topic.Partitions.Count)
        {
            then(Failed(data.Index, topic is null && call.Version >= 13 ? ErrorCode.UnknownTopicId
                : ErrorCode.UnknownTopicOrPartition));
            return;
        }

        var partition = topic.Partitions[data.Index];
        var (error, leader) = world.Replication.Led(call.Node, call.Life, partition);
        if (leader is null)
        {
            then(Failed(data.Index, error) is var failed && call.Version >= 10 && call.Life.Profile.NamesCurrentLeader
                && error == ErrorCode.NotLeaderOrFollower
                ? WithLeader(failed, partition.AsOf(call.Life.Applied)!)
                : Failed(data.Index, error));
            return;
        }

        if (topic.IsInternal && call.ClientId != "__admin_client")
        {
            then(Failed(data.Index, ErrorCode.InvalidTopicException));
            return;
        }

        var (batch, refusal) = BatchOf(data);
        if (batch is null)
        {
            then(Failed(data.Index, refusal));
            return;
        }

        if (batch.IsTransactional && request.TransactionalId is { } transactionalId)
        {
            TransactionalWrites.Admit(world, call, (transactionalId, batch), partition, leader, said =>
            {
                // Who leads may have changed while the transaction's coordinator was asked.
                var (lost, still) = said == ErrorCode.None
                    ? world.Replication.Led(call.Node, call.Life, partition)
                    : (said, null);
                if (still is null)
                {
                    then(Failed(data.Index, lost));
                }
                else
                {
                    Append(data.Index, batch, request, (partition, still), world, then);
                }
            });
            return;
        }

        Append(data.Index, batch, request, (partition, leader), world, then);
    }

    private static void Append(
        int index,
        RecordBatch batch,
        ProduceRequest request,
        (SandboxPartition Partition, Replica Leader) at,
        World world,
        Action<ProduceResponse.PartitionResponse> then)
    {
        var (outcome, appended) = world.Replication.Append(at.Partition, at.Leader, batch, request.Acks);
        if (appended is null)
        {
            then(Failed(index, outcome));
            return;
        }

        var answer = new ProduceResponse.PartitionResponse
        {
            Index = index, BaseOffset = appended.BaseOffset, LogStartOffset = at.Leader.Log.Start,
        };
        if (request.Acks != -1)
        {
            then(answer);
            return;
        }

        world.Replication.WhenReplicated(at.Partition, at.Leader, appended.NextOffset,
            (TimeSpan.FromMilliseconds(Math.Max(1, request.TimeoutMs)), failure =>
            then(failure == ErrorCode.None ? answer : Failed(index, failure))));
    }

    /// <summary>Exactly one batch, whole and of format 2.</summary>
    private static (RecordBatch? Batch, ErrorCode Refusal) BatchOf(ProduceRequest.Partition data)
    {
        try
        {
            return RecordBatches.Read(data.Records) is [var batch] && batch
                is { LastOffsetDelta: >= 0, RecordCount: > 0, IsControl: false }
                ? (batch, ErrorCode.None)
                : (null, ErrorCode.InvalidRecord);
        }
        catch (KafkaProtocolException)
        {
            return (null, ErrorCode.CorruptMessage);
        }
    }

    private static ProduceResponse.PartitionResponse Failed(int index, ErrorCode error) =>
        new() { Index = index, ErrorCode = error, BaseOffset = -1 };

    private static ProduceResponse.PartitionResponse WithLeader(
        ProduceResponse.PartitionResponse failed, PartitionRegistration believed) => new()
        {
            Index = failed.Index,
            ErrorCode = failed.ErrorCode,
            BaseOffset = -1,
            CurrentLeader = new() { LeaderId = believed.Leader, LeaderEpoch = believed.LeaderEpoch },
        };

    private static ProduceResponse.NodeEndpoint[] EndpointsOf(
        ProduceResponse.TopicResponse[] topics, Call<ProduceResponse> call, World world) =>
        call.Version < 10
            ? []
            : [.. topics.SelectMany(topic => topic.PartitionResponses)
                .Select(partition => partition.CurrentLeader.LeaderId)
                .Where(leader => leader >= 0)
                .Distinct()
                .Select(leader => world.Metadata.Brokers.AsOf(call.Life.Applied).GetValueOrDefault(leader))
                .OfType<BrokerRecord>()
                .Select(broker => new ProduceResponse.NodeEndpoint
                {
                    NodeId = broker.Id, Host = broker.Endpoint.Host, Port = broker.Endpoint.Port, Rack = broker.Rack,
                })];
}
