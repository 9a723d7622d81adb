using System.Reflection;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Kafka.Tests.Protocol.Schemas;

/// <summary>
/// A message type of the product, driven without knowing it at compile time. Reflection is for tests only.
/// </summary>
internal abstract class DeclaredMessage
{
    public static IReadOnlyDictionary<string, DeclaredMessage> All { get; } =
        typeof(IKafkaMessage).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<KafkaMessageAttribute>() is not null)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .ToDictionary(
                type => type.Name,
                type => (DeclaredMessage)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type))!);

    public abstract Type Type { get; }
    public abstract VersionRange Versions { get; }
    public abstract bool IsFlexible(short version);
    public abstract IKafkaMessage Read(ReadOnlyMemory<byte> bytes, short version, bool toTheEnd = true);

    public static byte[] Write(IKafkaMessage message, short version)
    {
        var writer = new KafkaWriter();
        try
        {
            message.Write(ref writer, version);
            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private sealed class Of<T> : DeclaredMessage
        where T : IKafkaMessage<T>
    {
        public override Type Type => typeof(T);
        public override VersionRange Versions => T.Versions;
        public override bool IsFlexible(short version) => T.IsFlexible(version);

        public override IKafkaMessage Read(ReadOnlyMemory<byte> bytes, short version, bool toTheEnd)
        {
            var reader = new KafkaReader(bytes);
            var message = T.Read(ref reader, version);
            if (toTheEnd)
            {
                reader.ExpectEnd();
            }

            return message;
        }
    }
}
