using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>An answer that is not encoded yet: a front-end does that on its own thread.</summary>
public abstract class Reply
{
    private protected Reply()
    {
    }

    /// <summary>The answer as a frame, in the version of its request.</summary>
    /// <exception cref="Kafka.Errors.KafkaProtocolException">It cannot be said in that version.</exception>
    public abstract EncodedFrame Encode();

    /// <summary>An answer of one API.</summary>
    /// <param name="body">What it says.</param>
    /// <param name="version">The version to say it in.</param>
    /// <param name="correlationId">The request that it answers.</param>
    internal sealed class Of<TResponse>(TResponse body, short version, int correlationId) : Reply
        where TResponse : IKafkaResponse<TResponse>
    {
        public override EncodedFrame Encode() => Frames.EncodeResponse(body, version, correlationId);
    }
}
