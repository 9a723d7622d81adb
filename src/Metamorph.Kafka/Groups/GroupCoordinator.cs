using Metamorph.Kafka.Client;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Routing;
using Metamorph.Model;

namespace Metamorph.Kafka.Groups;

/// <summary>Reaches the broker that coordinates a group, wherever it has moved to.</summary>
/// <remarks>
/// Tries until there is an answer that is about the group and not about who coordinates it: a moved, loading or dead
/// coordinator is waited for and looked up again. The caller's token is what ends it.
/// </remarks>
internal sealed class GroupCoordinator(KafkaClient client, string group)
{
    private const short FirstWithLists = 4;

    private readonly ShapedRequest<FindCoordinatorResponse> question = new(version => version < FirstWithLists
        ? new FindCoordinatorRequest { CoordinatorKey = group }
        : new FindCoordinatorRequest { CoordinatorKeys = [group] });

    private Endpoint? known;

    /// <param name="request">What to ask; it may arrive more than once.</param>
    /// <param name="errorOf">The error in an answer, the first one if there are several.</param>
    /// <param name="timeout">How long an answer may take.</param>
    /// <param name="cancellationToken">Ends the trying.</param>
    /// <returns>An answer, whose error is none or one of the group's own.</returns>
    /// <exception cref="KafkaException">It cannot ever be answered.</exception>
    public async Task<TResponse> AskAsync<TResponse>(
        IKafkaRequest<TResponse> request, Func<TResponse, ErrorCode> errorOf, TimeSpan timeout, CancellationToken cancellationToken)
        where TResponse : IKafkaResponse<TResponse>
    {
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                var connection = await client.ConnectAsync(known ??= await FindAsync(cancellationToken), cancellationToken);
                var answer = await connection.SendAsync(request, timeout, cancellationToken);
                if (!IsAboutCoordinator(errorOf(answer)))
                {
                    return answer;
                }

                known = errorOf(answer) == ErrorCode.CoordinatorLoadInProgress ? known : null;
            }
            catch (KafkaException e) when (e.IsRetriable)
            {
                known = null;
            }

            await Task.Delay(Backoff.After(attempts), client.Time, cancellationToken);
        }
    }

    private static bool IsAboutCoordinator(ErrorCode error) =>
        error is ErrorCode.NotCoordinator or ErrorCode.CoordinatorNotAvailable or ErrorCode.CoordinatorLoadInProgress
            or ErrorCode.RequestTimedOut or ErrorCode.UnknownTopicOrPartition or ErrorCode.UnstableOffsetCommit;

    private async Task<Endpoint> FindAsync(CancellationToken cancellationToken)
    {
        var answer = await client.SendToAnyAsync(question, cancellationToken);
        var found = answer.Coordinators.Length > 0
            ? (Error: answer.Coordinators[0].ErrorCode, answer.Coordinators[0].Host, answer.Coordinators[0].Port)
            : (Error: answer.ErrorCode, answer.Host, answer.Port);
        return found.Error == ErrorCode.None
            ? new Endpoint(found.Host, found.Port)
            : throw new KafkaErrorException(found.Error, $"looking for the coordinator of {group}");
    }
}
