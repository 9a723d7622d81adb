namespace Metamorph.Kafka.Protocol;

/// <summary>What follows from an <see cref="ErrorCode"/>.</summary>
public static class ErrorCodes
{
    /// <summary>Whether Kafka's own client would try the same request again, perhaps elsewhere.</summary>
    /// <remarks>
    /// The codes are those whose exception is a <c>RetriableException</c> in Kafka 4.3. A code without a name here is
    /// not retriable: a meaning that nobody knows is no ground for repeating a change.
    /// </remarks>
    public static bool IsRetriable(this ErrorCode code) =>
        code is ErrorCode.CorruptMessage
            or ErrorCode.UnknownTopicOrPartition
            or ErrorCode.LeaderNotAvailable
            or ErrorCode.NotLeaderOrFollower
            or ErrorCode.RequestTimedOut
            or ErrorCode.ReplicaNotAvailable
            or ErrorCode.NetworkException
            or ErrorCode.CoordinatorLoadInProgress
            or ErrorCode.CoordinatorNotAvailable
            or ErrorCode.NotCoordinator
            or ErrorCode.NotEnoughReplicas
            or ErrorCode.NotEnoughReplicasAfterAppend
            or ErrorCode.NotController
            or ErrorCode.ConcurrentTransactions
            or ErrorCode.KafkaStorageError
            or ErrorCode.FetchSessionIdNotFound
            or ErrorCode.InvalidFetchSessionEpoch
            or ErrorCode.ListenerNotFound
            or ErrorCode.FencedLeaderEpoch
            or ErrorCode.UnknownLeaderEpoch
            or ErrorCode.OffsetNotAvailable
            or ErrorCode.PreferredLeaderNotAvailable
            or ErrorCode.EligibleLeadersNotAvailable
            or ErrorCode.ElectionNotNeeded
            or ErrorCode.UnstableOffsetCommit
            or ErrorCode.ThrottlingQuotaExceeded
            or ErrorCode.UnknownTopicId
            or ErrorCode.InconsistentTopicId
            or ErrorCode.FetchSessionTopicIdError
            or ErrorCode.ShareSessionNotFound
            or ErrorCode.InvalidShareSessionEpoch
            or ErrorCode.ShareSessionLimitReached;

    /// <summary>
    /// Whether the asker went to the wrong broker and should learn anew who leads, coordinates or controls.
    /// </summary>
    public static bool CallsForFreshMetadata(this ErrorCode code) =>
        code is ErrorCode.NotLeaderOrFollower
            or ErrorCode.LeaderNotAvailable
            or ErrorCode.UnknownTopicOrPartition
            or ErrorCode.UnknownTopicId
            or ErrorCode.InconsistentTopicId
            or ErrorCode.FencedLeaderEpoch
            or ErrorCode.UnknownLeaderEpoch
            or ErrorCode.ReplicaNotAvailable
            or ErrorCode.ListenerNotFound
            or ErrorCode.KafkaStorageError
            or ErrorCode.NotCoordinator
            or ErrorCode.CoordinatorNotAvailable
            or ErrorCode.NotController;
}
