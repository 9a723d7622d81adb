using System.Globalization;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Routing;

namespace Metamorph.Traffic.Running;

/// <summary>Makes sure that there is a topic to write to.</summary>
internal sealed class TopicSetup(KafkaClient client, TrafficOptions options)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Creates the topic if wanted, and waits until each of its partitions has a leader.</summary>
    /// <exception cref="KafkaErrorException">The topic is not there and cannot be created, or must not be.</exception>
    public async Task<TopicView> PrepareAsync(CancellationToken cancellationToken)
    {
        var router = new TopicRouter(client, options.Topic);
        if (options.CreateTopic)
        {
            await CreateAsync(cancellationToken);
        }

        return await router.UntilCompleteAsync(cancellationToken);
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var answer = await client.SendToAnyAsync(Request(), cancellationToken);
                var result = answer.Topics.Single();
                if (result.ErrorCode is ErrorCode.None or ErrorCode.TopicAlreadyExists)
                {
                    return;
                }

                throw new KafkaErrorException(result.ErrorCode, $"creating the topic {options.Topic}", result.ErrorMessage);
            }
            catch (KafkaException e) when (e.IsRetriable || IsStarting(e))
            {
                await Task.Delay(Pause, client.Time, cancellationToken);
            }
        }
    }

    /// <summary>A cluster that has just started may not know enough brokers yet.</summary>
    private static bool IsStarting(KafkaException failure) =>
        failure is KafkaErrorException { Code: ErrorCode.InvalidReplicationFactor };

    private CreateTopicsRequest Request() => new()
    {
        Topics =
        [
            new()
            {
                Name = options.Topic,
                NumPartitions = options.Partitions,
                ReplicationFactor = options.ReplicationFactor,
                Configs =
                [
                    new()
                    {
                        Name = "min.insync.replicas",
                        Value = Math.Min((short)2, options.ReplicationFactor).ToString(CultureInfo.InvariantCulture),
                    },
                ],
            },
        ],
    };
}
