using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Makes topics (API key 19).</summary>
internal sealed class CreateTopicsHandler : ApiHandler<CreateTopicsRequest, CreateTopicsResponse>
{
    private const string MetadataLog = "__cluster_metadata";

    protected override void Handle(CreateTopicsRequest request, Call<CreateTopicsResponse> call, World world) =>
        world.Controller.Decide(
            call,
            () => new() { Topics = [.. Create(request, world)] },
            error => new() { Topics = [.. request.Topics.Select(topic => Failed(topic.Name, ApiError.Of(error)))] });

    private static List<CreateTopicsResponse.TopicResult> Create(CreateTopicsRequest request, World world)
    {
        var twice = request.Topics.CountBy(topic => topic.Name).Where(name => name.Value > 1).Select(name => name.Key).ToList();
        var results = new List<CreateTopicsResponse.TopicResult>();
        foreach (var topic in request.Topics.Where(topic => !twice.Contains(topic.Name) && topic.Name != MetadataLog))
        {
            var (error, made) = world.Controller.Topics.Create(topic, request.ValidateOnly);
            results.Add(made is null ? Failed(topic.Name, error) : Made(made, world));
        }

        results.AddRange(twice.Select(name => Failed(name, new(ErrorCode.InvalidRequest, "Duplicate topic name."))));
        if (request.Topics.Count(topic => topic.Name == MetadataLog) == 1)
        {
            results.Add(Failed(
                MetadataLog, new(ErrorCode.InvalidRequest, $"Creation of internal topic {MetadataLog} is prohibited.")));
        }

        return results;
    }

    private static CreateTopicsResponse.TopicResult Failed(string name, ApiError error) =>
        new() { Name = name, ErrorCode = error.Code, ErrorMessage = error.Message };

    private static CreateTopicsResponse.TopicResult Made(TopicSpec made, World world) => new()
    {
        Name = made.Name,
        TopicId = made.Id!.Value,
        ErrorMessage = null,
        NumPartitions = made.Partitions.Length,
        ReplicationFactor = (short)made.Partitions[0].Replicas.Length,
        Configs =
        [
            .. ConfigView.OfTopicAtController(world, made.Configs).Select(config => new CreateTopicsResponse.Config
            {
                Name = config.Name,
                Value = config.Value,
                ReadOnly = config.ReadOnly,
                ConfigSource = config.ConfigSource,
                IsSensitive = config.IsSensitive,
            }),
        ],
    };
}
