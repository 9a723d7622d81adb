namespace Metamorph.Sandbox;

/// <summary>A classic group as its coordinator's log keeps it (<c>GroupMetadataValue</c>).</summary>
internal sealed record ClassicGroupImage(
    int Generation, string ProtocolType, string? Protocol, string? Leader, IReadOnlyList<ClassicMemberImage> Members);

/// <summary>A member of it.</summary>
internal sealed record ClassicMemberImage
{
    public required string Id { get; init; }

    public string? InstanceId { get; init; }

    public required string ClientId { get; init; }

    public required string ClientHost { get; init; }

    public required TimeSpan SessionTimeout { get; init; }

    public required TimeSpan RebalanceTimeout { get; init; }

    public required IReadOnlyList<JoinProtocol> Protocols { get; init; }

    public byte[] Assignment { get; init; } = [];
}
