using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>A member of a classic group.</summary>
internal sealed class ClassicMember(ClassicMemberImage image)
{
    /// <summary>What the log keeps of it.</summary>
    public ClassicMemberImage Image { get; set; } = image;

    public string Id => Image.Id;

    public string? InstanceId => Image.InstanceId;

    /// <summary>It has never seen a generation, and does not send heartbeats yet.</summary>
    public bool IsNew { get; set; }

    /// <summary>The join that is answered when the generation begins.</summary>
    public JoinWish? Joining { get; set; }

    /// <summary>The sync that is answered when the leader's assignment is in.</summary>
    public Action<SyncGroupResponse>? Syncing { get; set; }

    /// <summary>It has to sync yet in this generation.</summary>
    public bool OwesSync { get; set; }

    public SessionClock? Session { get; set; }

    /// <summary>What it says about itself in a protocol.</summary>
    public byte[] MetadataIn(string? protocol) =>
        Image.Protocols.FirstOrDefault(each => each.Name == protocol)?.Metadata ?? [];

    /// <summary>It joins with the same words again.</summary>
    public bool IsAsBefore(IReadOnlyList<JoinProtocol> protocols) =>
        protocols.Count == Image.Protocols.Count
        && protocols.Zip(Image.Protocols).All(pair =>
            pair.First.Name == pair.Second.Name && pair.First.Metadata.AsSpan().SequenceEqual(pair.Second.Metadata));
}
