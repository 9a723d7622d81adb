using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>What consumers of a classic group tell each other, as far as the coordinator reads it.</summary>
internal static class Subscriptions
{
    /// <summary>Whether a consumer's subscription names a topic; one that cannot be read might.</summary>
    public static bool Names(byte[] subscription, string topic)
    {
        if (subscription.Length < sizeof(short))
        {
            return false;
        }

        try
        {
            var reader = new KafkaReader(subscription);
            var version = Math.Clamp(reader.ReadInt16(), (short)0, ConsumerProtocolSubscription.Versions.Max);
            return ConsumerProtocolSubscription.Read(ref reader, version).Topics.Contains(topic);
        }
        catch (KafkaProtocolException)
        {
            return true;
        }
    }
}
