using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Tells who has SCRAM credentials (KIP-554, <c>ScramImage.describe</c>; API key 50).</summary>
internal sealed class DescribeUserScramCredentialsHandler
    : ApiHandler<DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsResponse>
{
    protected override void Handle(
        DescribeUserScramCredentialsRequest request, Call<DescribeUserScramCredentialsResponse> call, World world)
    {
        var stored = world.Metadata.ScramIterations;
        var asked = request.Users is { Length: > 0 } users
            ? users.Select(user => user.Name).ToList()
            : stored.Keys.Select(key => key.User).Distinct().ToList();
        call.Answer(new() { ErrorMessage = null, Results = [.. asked.Distinct().Select(user => Describe(user, asked, stored))] });
    }

    private static DescribeUserScramCredentialsResponse.UserResult Describe(
        string user, List<string> asked, SortedDictionary<(string User, sbyte Mechanism), int> stored)
    {
        if (asked.Count(other => other == user) > 1)
        {
            return Failed(
                user,
                ErrorCode.DuplicateResource,
                $"Cannot describe SCRAM credentials for the same user twice in a single request: {user}");
        }

        var infos = stored
            .Where(credential => credential.Key.User == user)
            .Select(credential => new DescribeUserScramCredentialsResponse.CredentialInfo
            {
                Mechanism = credential.Key.Mechanism, Iterations = credential.Value,
            })
            .ToArray();
        return infos.Length == 0
            ? Failed(user, ErrorCode.ResourceNotFound, $"Attempt to describe a user credential that does not exist: {user}")
            : new() { User = user, ErrorMessage = null, CredentialInfos = infos };
    }

    private static DescribeUserScramCredentialsResponse.UserResult Failed(string user, ErrorCode code, string why) =>
        new() { User = user, ErrorCode = code, ErrorMessage = why };
}
