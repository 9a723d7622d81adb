using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Gives topics more partitions (API key 37).</summary>
internal sealed class CreatePartitionsHandler : ApiHandler<CreatePartitionsRequest, CreatePartitionsResponse>
{
    protected override void Handle(CreatePartitionsRequest request, Call<CreatePartitionsResponse> call, World world) =>
        world.Controller.Decide(
            call,
            () => new() { Results = [.. Add(request, world)] },
            error => new() { Results = [.. request.Topics.Select(topic => Result(topic.Name, ApiError.Of(error)))] });

    private static List<CreatePartitionsResponse.TopicResult> Add(CreatePartitionsRequest request, World world)
    {
        var twice = request.Topics.CountBy(topic => topic.Name).Where(name => name.Value > 1).Select(name => name.Key).ToList();
        return
        [
            .. twice.Select(name => Result(name, new(ErrorCode.InvalidRequest, "Duplicate topic name."))),
            .. request.Topics
                .Where(topic => !twice.Contains(topic.Name))
                .Select(topic => Result(topic.Name, world.Controller.Topics.AddPartitions(topic, request.ValidateOnly))),
        ];
    }

    private static CreatePartitionsResponse.TopicResult Result(string name, ApiError error) =>
        new() { Name = name, ErrorCode = error.Code, ErrorMessage = error.Message };
}
