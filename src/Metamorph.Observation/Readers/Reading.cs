using System.Collections.Immutable;
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

    public static Observed<T> Try<T>(Func<T> judge)
    {
        try
        {
            return Observed<T>.Of(judge());
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

    /// <exception cref="KafkaProtocolException">A name is there twice: nobody can say which entry holds.</exception>
    public static ImmutableSortedDictionary<string, TValue> ByName<TItem, TValue>(
        IEnumerable<TItem> items, Func<TItem, string> nameOf, Func<TItem, TValue> valueOf)
    {
        var named = ImmutableSortedDictionary.CreateBuilder<string, TValue>();
        foreach (var item in items)
        {
            if (!named.TryAdd(nameOf(item), valueOf(item)))
            {
                throw new KafkaProtocolException($"{nameOf(item)} is in an answer twice");
            }
        }

        return named.ToImmutable();
    }
}
