using Metamorph.Kafka.Codecs.Model;

namespace Metamorph.Kafka.Codecs.Parsing;

/// <summary>A declaration that was understood, or what is wrong with it.</summary>
internal sealed record ParsedMessage(MessageModel? Message, EquatableArray<Complaint> Complaints);
