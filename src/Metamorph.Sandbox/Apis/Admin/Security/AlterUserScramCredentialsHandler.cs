using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Gives and takes SCRAM credentials (KIP-554, <c>ScramControlManager</c>; API key 51). Nobody logs in with them.</summary>
internal sealed class AlterUserScramCredentialsHandler
    : ApiHandler<AlterUserScramCredentialsRequest, AlterUserScramCredentialsResponse>
{
    private const int FewestIterations = 4096;
    private const int MostIterations = 16384;
    private const short FirstMetadataVersion = 11;

    protected override void Handle(
        AlterUserScramCredentialsRequest request, Call<AlterUserScramCredentialsResponse> call, World world) =>
        world.Controller.Decide(
            call,
            () => Alter(request, world),
            error => new() { Results = [.. UsersOf(request).Select(user => Result(user, ApiError.Of(error)))] });

    private static AlterUserScramCredentialsResponse Alter(AlterUserScramCredentialsRequest request, World world)
    {
        var results = UsersOf(request).ToDictionary(user => user, user => Judge(user, request, world), StringComparer.Ordinal);
        foreach (var deletion in request.Deletions.Where(deletion => !results[deletion.Name].IsFailure))
        {
            world.Metadata.ScramIterations.Remove((deletion.Name, deletion.Mechanism));
            world.Metadata.NoteRecord();
        }

        foreach (var upsertion in request.Upsertions.Where(upsertion => !results[upsertion.Name].IsFailure))
        {
            world.Metadata.ScramIterations[(upsertion.Name, upsertion.Mechanism)] = upsertion.Iterations;
            world.Metadata.NoteRecord();
        }

        return new() { Results = [.. results.Select(result => Result(result.Key, result.Value))] };
    }

    private static IEnumerable<string> UsersOf(AlterUserScramCredentialsRequest request) => request.Deletions
        .Select(deletion => deletion.Name)
        .Concat(request.Upsertions.Select(upsertion => upsertion.Name))
        .Distinct(StringComparer.Ordinal);

    private static ApiError Judge(string user, AlterUserScramCredentialsRequest request, World world)
    {
        if (world.Metadata.MetadataVersion < FirstMetadataVersion)
        {
            return new(ErrorCode.UnsupportedVersion, "The current metadata version does not support SCRAM");
        }

        var deletions = request.Deletions.Where(deletion => deletion.Name == user).ToList();
        var upsertions = request.Upsertions.Where(upsertion => upsertion.Name == user).ToList();
        var mechanisms = deletions
            .Select(deletion => deletion.Mechanism)
            .Concat(upsertions.Select(upsertion => upsertion.Mechanism))
            .ToList();
        if (user.Length == 0)
        {
            return new(ErrorCode.UnacceptableCredential, "Username must not be empty");
        }

        if (mechanisms.Exists(mechanism => mechanism is not (1 or 2)))
        {
            return new(ErrorCode.UnsupportedSaslMechanism, "Unknown SCRAM mechanism");
        }

        if (mechanisms.Distinct().Count() < mechanisms.Count)
        {
            return new(ErrorCode.DuplicateResource, "A user credential cannot be altered twice in the same request");
        }

        if (deletions.Exists(deletion => !world.Metadata.ScramIterations.ContainsKey((user, deletion.Mechanism))))
        {
            return new(ErrorCode.ResourceNotFound, "Attempt to delete a user credential that does not exist");
        }

        return upsertions.Exists(upsertion => upsertion.Iterations < FewestIterations)
            ? new(ErrorCode.UnacceptableCredential, "Too few iterations")
            : upsertions.Exists(upsertion => upsertion.Iterations > MostIterations)
                ? new(ErrorCode.UnacceptableCredential, "Too many iterations")
                : ApiError.None;
    }

    private static AlterUserScramCredentialsResponse.UserResult Result(string user, ApiError error) =>
        new() { User = user, ErrorCode = error.Code, ErrorMessage = error.Message };
}
