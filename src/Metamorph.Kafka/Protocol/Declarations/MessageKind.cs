namespace Metamorph.Kafka.Protocol;

/// <summary>What part a declared message plays.</summary>
public enum MessageKind
{
    /// <summary>A client's question.</summary>
    Request,

    /// <summary>A broker's answer.</summary>
    Response,

    /// <summary>Belongs to no API: a header, or bytes embedded in another message.</summary>
    Data,
}
