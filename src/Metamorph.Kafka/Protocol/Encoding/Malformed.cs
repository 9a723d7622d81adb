using System.Diagnostics.CodeAnalysis;
using Metamorph.Kafka.Errors;

namespace Metamorph.Kafka.Protocol;

/// <summary>
/// What can be wrong with bytes that were read. Apart from the reader, so that its methods stay small enough to
/// inline.
/// </summary>
internal static class Malformed
{
    [DoesNotReturn]
    public static void Truncated(int wanted, int left) =>
        throw new KafkaProtocolException($"the frame ends early: {wanted} bytes wanted, {left} left");

    [DoesNotReturn]
    public static void TrailingBytes(int left) =>
        throw new KafkaProtocolException($"{left} bytes follow the end of the message");

    [DoesNotReturn]
    public static void Count(long count, int left) =>
        throw new KafkaProtocolException($"{count} elements cannot be in the {left} bytes left");

    [DoesNotReturn]
    public static void TagSize(uint tag, int excess) =>
        throw new KafkaProtocolException(
            $"tagged field {tag} is {Math.Abs(excess)} bytes {(excess > 0 ? "longer" : "shorter")} than it says");

    [DoesNotReturn]
    public static T Length<T>(string what, long length) => throw LengthException(what, length);

    [DoesNotReturn]
    public static T Null<T>(string what) =>
        throw new KafkaProtocolException($"a null {what} where the version allows none");

    public static KafkaProtocolException LengthException(string what, long length) =>
        new($"{what} of impossible length {length}");

    public static KafkaProtocolException VarintException() => new("a varint is longer than its type");
}
