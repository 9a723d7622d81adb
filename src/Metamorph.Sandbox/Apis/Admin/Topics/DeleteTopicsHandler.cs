using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Removes topics, by name or by id (API key 20).</summary>
internal sealed class DeleteTopicsHandler : ApiHandler<DeleteTopicsRequest, DeleteTopicsResponse>
{
    private const short FirstWithDisabledError = 3;

    protected override void Handle(DeleteTopicsRequest request, Call<DeleteTopicsResponse> call, World world)
    {
        var named = NamesOf(request, call.Version).ToList();
        world.Controller.Decide(
            call,
            () => new()
            {
                Responses = world.Topology.Properties.GetValueOrDefault("delete.topic.enable", "true") == "true"
                    ? [.. Delete(named, world)]
                    : [.. named.Select(topic => Result(topic.Name, topic.TopicId, Disabled(call.Version)))],
            },
            error => new() { Responses = [.. named.Select(topic => Result(topic.Name, topic.TopicId, ApiError.Of(error)))] });
    }

    private static IEnumerable<DeleteTopicsRequest.Topic> NamesOf(DeleteTopicsRequest request, short version) =>
        version >= 6 ? request.Topics : request.TopicNames.Select(name => new DeleteTopicsRequest.Topic { Name = name });

    private static ApiError Disabled(short version) => version < FirstWithDisabledError
        ? new(ErrorCode.InvalidRequest, "Topic deletion is disabled.")
        : ApiError.Of(ErrorCode.TopicDeletionDisabled);

    private static List<DeleteTopicsResponse.TopicResult> Delete(List<DeleteTopicsRequest.Topic> named, World world)
    {
        var results = new List<DeleteTopicsResponse.TopicResult>();
        var toDelete = new List<SandboxTopic>();
        foreach (var topic in named.DistinctBy(topic => (topic.Name, topic.TopicId)))
        {
            var error = Judge(topic, named, world, out var found);
            if (found is not null && toDelete.Remove(found))
            {
                error = new(ErrorCode.InvalidRequest, "The provided topic name maps to an ID that was already supplied.");
                found = null;
            }

            if (found is null)
            {
                results.Add(Result(topic.Name, topic.TopicId, error));
            }
            else
            {
                toDelete.Add(found);
            }
        }

        foreach (var topic in toDelete)
        {
            world.Controller.Topics.Delete(topic);
            results.Add(Result(topic.Name, topic.Id, ApiError.None));
        }

        return results;
    }

    private static ApiError Judge(
        DeleteTopicsRequest.Topic topic, List<DeleteTopicsRequest.Topic> named, World world, out SandboxTopic? found)
    {
        found = null;
        if (topic.Name is null == (topic.TopicId == Guid.Empty))
        {
            return new(ErrorCode.InvalidRequest, topic.Name is null
                ? "Neither topic name nor id were specified."
                : "You may not specify both topic name and topic id.");
        }

        if (named.Count(other => other.Name == topic.Name && other.TopicId == topic.TopicId) > 1)
        {
            return new(ErrorCode.InvalidRequest, topic.Name is null ? "Duplicate topic id." : "Duplicate topic name.");
        }

        found = topic.Name is null
            ? world.Metadata.FindTopic(topic.TopicId, world.Metadata.End)
            : world.Metadata.FindTopic(topic.Name);
        return found is not null
            ? ApiError.None
            : ApiError.Of(topic.Name is null ? ErrorCode.UnknownTopicId : ErrorCode.UnknownTopicOrPartition);
    }

    private static DeleteTopicsResponse.TopicResult Result(string? name, Guid id, ApiError error) =>
        new() { Name = name, TopicId = id, ErrorCode = error.Code, ErrorMessage = error.Message };
}
