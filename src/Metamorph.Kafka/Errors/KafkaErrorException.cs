using Metamorph.Kafka.Protocol;

namespace Metamorph.Kafka.Errors;

/// <summary>A broker understood a request and refused it with an <see cref="ErrorCode"/>.</summary>
/// <remarks>The connection stays usable: the answer arrived whole, and other requests may go on.</remarks>
public sealed class KafkaErrorException : KafkaException
{
    /// <param name="code">What the broker answered; never <see cref="ErrorCode.None"/>.</param>
    /// <param name="doing">What was asked, as words that follow "while": "describing the quorum".</param>
    /// <param name="brokerMessage">The broker's own words, where the answer carries them.</param>
    public KafkaErrorException(ErrorCode code, string doing, string? brokerMessage = null)
        : base(Describe(code, doing, brokerMessage))
    {
        Code = code;
        BrokerMessage = brokerMessage;
    }

    /// <summary>What the broker answered. May be a number that this build has no name for.</summary>
    public ErrorCode Code { get; }

    /// <summary>The broker's own words; <c>null</c> where the answer has none.</summary>
    public string? BrokerMessage { get; }

    /// <inheritdoc/>
    public override bool IsRetriable => Code.IsRetriable();

    private static string Describe(ErrorCode code, string doing, string? brokerMessage) =>
        string.IsNullOrEmpty(brokerMessage)
            ? $"{code} ({(short)code}) while {doing}"
            : $"{code} ({(short)code}) while {doing}: {brokerMessage}";
}
