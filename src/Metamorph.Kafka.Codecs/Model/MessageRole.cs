namespace Metamorph.Kafka.Codecs.Model;

/// <summary>What part a message plays; the same cases in the same order as the product's <c>MessageKind</c>.</summary>
internal enum MessageRole
{
    Request,
    Response,
    Data,
}
