namespace Metamorph.Kafka.Codecs.Model;

/// <summary>A declared message: all that the emitter needs, and nothing of the compilation it came from.</summary>
internal sealed record MessageModel
{
    public required string Namespace { get; init; }

    /// <summary>The C# expression of the API key; <c>null</c> for a message that belongs to no API.</summary>
    public required string? Key { get; init; }

    public required MessageRole Role { get; init; }

    public required VersionSpan Versions { get; init; }

    public required VersionSpan Flexible { get; init; }

    public required StructModel Root { get; init; }

    public required EquatableArray<StructModel> Nested { get; init; }

    public bool HasBytes => Nested.Concat([Root])
        .Any(type => type.Fields.Any(candidate => candidate.Type == WireType.Bytes));
}
