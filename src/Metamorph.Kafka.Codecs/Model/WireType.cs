namespace Metamorph.Kafka.Codecs.Model;

/// <summary>How a field, or an element of an array field, is written.</summary>
internal enum WireType
{
    Bool,
    Int8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    Float64,
    Uuid,
    String,
    Bytes,
    Struct,
}
