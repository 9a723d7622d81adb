using Metamorph.Kafka.Protocol;

namespace Metamorph.Kafka.Routing;

/// <summary>A request that is said differently in different versions, or not at all in the newest ones.</summary>
/// <remarks>
/// Some APIs turned one thing into a list of things, and the newest versions name topics by id only, which not every
/// cluster gave them. The version is known only once a connection is.
/// </remarks>
/// <param name="shape">The request as a version says it.</param>
/// <param name="max">The newest version to use, whatever both sides speak.</param>
internal sealed class ShapedRequest<TResponse>(Func<short, IKafkaRequest<TResponse>> shape, short max = short.MaxValue)
    : IKafkaRequest<TResponse>
    where TResponse : IKafkaResponse<TResponse>
{
    public VersionRange SpokenVersions => TResponse.Versions with { Max = Math.Min(TResponse.Versions.Max, max) };

    public void Write(ref KafkaWriter writer, short version) => shape(version).Write(ref writer, version);

    /// <summary>The request unless the topic has no id; then in the versions up to <paramref name="lastWithNames"/> only.</summary>
    public static IKafkaRequest<TResponse> About(TopicView view, IKafkaRequest<TResponse> request, short lastWithNames) =>
        view.Id is null ? new ShapedRequest<TResponse>(_ => request, lastWithNames) : request;
}
