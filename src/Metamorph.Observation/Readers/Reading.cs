using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>Turns what did not answer into an unknown, with the reason.</summary>
internal static class Reading
{
    public static async Task<Observed<T>> TryAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return Observed<T>.Of(await read());
        }
        catch (KafkaException e)
        {
            return Observed<T>.Unknown(e.Message);
        }
    }

    /// <exception cref="KafkaErrorException">The answer is an error.</exception>
    public static void Require(ErrorCode code, string doing, string? message = null)
    {
        if (code != ErrorCode.None)
        {
            throw new KafkaErrorException(code, doing, message);
        }
    }
}
