using System.Diagnostics.CodeAnalysis;
using Metamorph.Kafka.Errors;

namespace Metamorph.Kafka.Protocol;

/// <summary>What generated codecs refuse.</summary>
internal static class FieldGuard
{
    [DoesNotReturn]
    public static void VersionUnknown(string message, VersionRange spoken, short version) =>
        throw new KafkaProtocolException($"{message} has no version {version}; this build speaks {spoken}");

    [DoesNotReturn]
    public static void CannotCarry(string message, string field, short version) =>
        throw new KafkaProtocolException(
            $"{message} v{version} has no {field}, whose value would be lost; it takes a broker with a newer version");

    [DoesNotReturn]
    public static void NullStruct(string message, string field, short version) =>
        throw new KafkaProtocolException($"{message} v{version} allows no null in {field}");

    [DoesNotReturn]
    public static void NullArray() => throw new KafkaProtocolException("a null array where the version allows none");
}
