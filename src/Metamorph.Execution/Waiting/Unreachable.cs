using Metamorph.Kafka.Errors;
using Metamorph.Nodes;
using Metamorph.Observation;

namespace Metamorph.Execution;

/// <summary>Which exceptions say that somebody did not answer. What was asked may have happened; to ask again is safe, for every act is idempotent.</summary>
internal static class Unreachable
{
    public static bool Is(Exception e) =>
        e is ClusterUnreachableException or NodeUnreachableException or KafkaException { IsRetriable: true };
}
