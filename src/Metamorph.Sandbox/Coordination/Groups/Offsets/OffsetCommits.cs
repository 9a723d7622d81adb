using System.Text;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Who may commit which offsets, in a transaction or without one.</summary>
internal static class OffsetCommits
{
    /// <summary>
    /// Whether somebody may commit offsets of a group. One that manages its partitions by itself makes the group by it.
    /// </summary>
    public static ErrorCode Judge(
        GroupShard shard, string groupId, OffsetOwner who, short version, bool isTransactional = false)
    {
        if (shard.Find(groupId) is { } group)
        {
            return group.JudgeCommit(who, isTransactional, version);
        }

        if (who.GenerationOrEpoch >= 0)
        {
            return ErrorCode.IllegalGeneration;
        }

        shard.ClassicFor(groupId);
        return ErrorCode.None;
    }

    /// <summary>Why one offset is not taken; null: it is.</summary>
    public static ErrorCode? Refusal(
        SandboxTopic topic, int index, string? metadata, NodeLife life, CoordinatorSettings settings)
    {
        if (index < 0 || index >= topic.Partitions.Count || topic.Partitions[index].AsOf(life.Applied) is null)
        {
            return ErrorCode.UnknownTopicOrPartition;
        }

        return metadata is not null && Encoding.UTF8.GetByteCount(metadata) > settings.MaxOffsetMetadata
            ? ErrorCode.OffsetMetadataTooLarge
            : null;
    }
}
