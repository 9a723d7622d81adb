using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Kafka.Protocol;

/// <summary>Puts a size and a header before a message, and takes them off again.</summary>
/// <remarks>
/// On the wire a frame is a 32-bit size, a header, and a body. What is read here has lost its size already.
/// </remarks>
public static class Frames
{
    private const int SizeBytes = sizeof(int);

    /// <summary>A request as it goes over the network, size included.</summary>
    /// <exception cref="KafkaProtocolException">The request cannot be said in that version.</exception>
    public static EncodedFrame EncodeRequest<TResponse>(
        IKafkaRequest<TResponse> request, short version, int correlationId, string? clientId)
        where TResponse : IKafkaResponse<TResponse>
    {
        var header = new RequestHeader
        {
            RequestApiKey = (short)request.Api,
            RequestApiVersion = version,
            CorrelationId = correlationId,
            ClientId = clientId,
        };
        return Encode(header, request.RequestHeaderVersion(version), request, version);
    }

    /// <summary>A response as it goes over the network, size included.</summary>
    /// <exception cref="KafkaProtocolException">The response cannot be said in that version.</exception>
    public static EncodedFrame EncodeResponse<TResponse>(TResponse response, short version, int correlationId)
        where TResponse : IKafkaResponse<TResponse> =>
        Encode(
            new ResponseHeader { CorrelationId = correlationId }, TResponse.HeaderVersion(version), response, version);

    /// <summary>Which request a received frame answers, without reading the rest.</summary>
    /// <exception cref="KafkaProtocolException">The frame is shorter than that.</exception>
    public static int CorrelationIdOf(ReadOnlyMemory<byte> frame) => new KafkaReader(frame).ReadInt32();

    /// <summary>Reads a response frame, from its header to its last byte.</summary>
    /// <remarks>
    /// The frame must outlive the response where <see cref="IKafkaMessage{TSelf}.KeepsFrame"/> says so.
    /// </remarks>
    /// <exception cref="KafkaProtocolException">The bytes are not such a response, or more follow it.</exception>
    public static TResponse DecodeResponse<TResponse>(ReadOnlyMemory<byte> frame, short version)
        where TResponse : IKafkaResponse<TResponse>
    {
        var reader = new KafkaReader(frame);
        ResponseHeader.Read(ref reader, TResponse.HeaderVersion(version));
        var response = TResponse.Read(ref reader, version);
        reader.ExpectEnd();
        return response;
    }

    /// <summary>Reads the header of a request frame, which leaves <paramref name="reader"/> before the body.</summary>
    /// <returns>
    /// The header and the API it names; the API is <c>null</c>, and nothing past the correlation id is read, when it is
    /// not declared here or not in that version: its header may then be of any shape.
    /// </returns>
    /// <exception cref="KafkaProtocolException">The bytes are not a request header.</exception>
    public static (RequestHeader Header, DeclaredApi? Api) ReadRequestHeader(ref KafkaReader reader)
    {
        var peek = reader;
        var header = new RequestHeader
        {
            RequestApiKey = peek.ReadInt16(),
            RequestApiVersion = peek.ReadInt16(),
            CorrelationId = peek.ReadInt32(),
        };

        var api = DeclaredApis.Find((ApiKey)header.RequestApiKey);
        if (api is null || !api.Versions.Contains(header.RequestApiVersion))
        {
            return (header, null);
        }

        return (RequestHeader.Read(ref reader, api.RequestHeaderVersion(header.RequestApiVersion)), api);
    }

    private static EncodedFrame Encode<THeader>(
        THeader header, short headerVersion, IKafkaMessage body, short version)
        where THeader : IKafkaMessage
    {
        var writer = new KafkaWriter();
        try
        {
            writer.WriteInt32(0);
            header.Write(ref writer, headerVersion);
            body.Write(ref writer, version);
            writer.PatchInt32(0, writer.Length - SizeBytes);
            return writer.Detach();
        }
        finally
        {
            writer.Dispose();
        }
    }
}
