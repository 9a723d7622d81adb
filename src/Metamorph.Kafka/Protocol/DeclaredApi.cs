namespace Metamorph.Kafka.Protocol;

/// <summary>An API this build has both halves of: what a receiver must know before it can read a request.</summary>
public sealed class DeclaredApi
{
    private readonly BodyReader _readRequest;
    private readonly Func<short, bool> _isFlexible;

    private DeclaredApi(
        ApiKey key, VersionRange versions, bool requestKeepsFrame, Func<short, bool> isFlexible, BodyReader readRequest)
    {
        RequestKeepsFrame = requestKeepsFrame;
        Key = key;
        Versions = versions;
        _isFlexible = isFlexible;
        _readRequest = readRequest;
    }

    private delegate IKafkaMessage BodyReader(ref KafkaReader reader, short version);

    /// <summary>Which API it is.</summary>
    public ApiKey Key { get; }

    /// <summary>The versions of it that this build can read and write.</summary>
    public VersionRange Versions { get; }

    /// <summary>Whether a request has slices of the frame that it was read from, which must then outlive it.</summary>
    public bool RequestKeepsFrame { get; }

    /// <summary>Whether <paramref name="version"/> has compact lengths and tagged fields.</summary>
    public bool IsFlexible(short version) => _isFlexible(version);

    /// <summary>The version of the header that goes before a request.</summary>
    public short RequestHeaderVersion(short version) => HeaderVersions.OfRequest(Key, version, IsFlexible(version));

    /// <summary>The version of the header that goes before a response.</summary>
    public short ResponseHeaderVersion(short version) => HeaderVersions.OfResponse(Key, IsFlexible(version));

    /// <summary>Reads a request whose header has been read.</summary>
    /// <exception cref="Errors.KafkaProtocolException">The bytes are not such a request.</exception>
    public IKafkaMessage ReadRequest(ref KafkaReader reader, short version) => _readRequest(ref reader, version);

    internal static DeclaredApi Of<TRequest>()
        where TRequest : IKafkaApiMessage<TRequest> =>
        new(
            TRequest.Key,
            TRequest.Versions,
            TRequest.KeepsFrame,
            TRequest.IsFlexible,
            static (ref reader, version) => TRequest.Read(ref reader, version));
}
