using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Why something was refused, in Kafka's code and words (<c>ApiError</c>).</summary>
internal readonly record struct ApiError(ErrorCode Code, string? Message)
{
    public static readonly ApiError None = new(ErrorCode.None, null);

    public bool IsFailure => Code != ErrorCode.None;

    /// <summary>The code, with what Kafka says of it when there is nothing more to say (<c>Errors.message</c>).</summary>
    public static ApiError Of(ErrorCode code) => new(code, code switch
    {
        ErrorCode.None => null,
        ErrorCode.UnknownTopicOrPartition => "This server does not host this topic-partition.",
        ErrorCode.UnknownTopicId => "This server does not host this topic ID.",
        ErrorCode.ElectionNotNeeded => "Leader election not needed for topic partition.",
        ErrorCode.PreferredLeaderNotAvailable => "The preferred leader was not available.",
        ErrorCode.EligibleLeadersNotAvailable => "Eligible topic partition leaders are not available.",
        ErrorCode.NotController => "This is not the correct controller for this cluster.",
        ErrorCode.RequestTimedOut => "The request timed out.",
        ErrorCode.TopicDeletionDisabled => "Topic deletion is disabled.",
        _ => null,
    });
}
