using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox.Tests.Admin;

public sealed class SecurityTests
{
    [Fact]
    public void Quotas_are_kept_and_found_by_whose_they_are()
    {
        var core = TestCluster.Of("4.1.0");
        var client = new CoreClient(core, 1);

        Assert.Equal(ErrorCode.None, Quota(client, "producer_byte_rate", 1000, ("user", "bob"), ("client-id", "app")).Code);
        Assert.Equal(ErrorCode.None, Quota(client, "consumer_byte_rate", 2000, ("user", null)).Code);

        var ofBob = client.Ask(new DescribeClientQuotasRequest { Components = [new() { EntityType = "user", MatchType = 0, Match = "bob" }] });
        var entry = Assert.Single(ofBob.Entries!);
        Assert.Equal([("client-id", "app"), ("user", "bob")], entry.Entity.Select(part => (part.EntityType, part.EntityName)));
        Assert.Equal(("producer_byte_rate", 1000), (entry.Values[0].Key, entry.Values[0].Value));
        var ofDefault = client.Ask(new DescribeClientQuotasRequest { Strict = true, Components = [new() { EntityType = "user", MatchType = 1, Match = null }] });
        Assert.Equal("consumer_byte_rate", Assert.Single(ofDefault.Entries!).Values[0].Key);
        Assert.Empty(client.Ask(new DescribeClientQuotasRequest { Strict = true, Components = [new() { EntityType = "user", MatchType = 0, Match = "bob" }] }).Entries!);
        Assert.Equal(2, client.Ask(new DescribeClientQuotasRequest()).Entries!.Length);
    }

    [Theory]
    [InlineData("user", "no_such_rate", 1, "Invalid configuration key no_such_rate")]
    [InlineData("user", "producer_byte_rate", 0, "Quota producer_byte_rate must be greater than 0")]
    [InlineData("user", "producer_byte_rate", 1.5, "producer_byte_rate cannot be a fractional value.")]
    [InlineData("planet", "producer_byte_rate", 1, "Unhandled client quota entity type: planet")]
    public void A_quota_that_cannot_be_is_refused(string type, string key, double value, string words) =>
        Assert.Equal((ErrorCode.InvalidRequest, words), Quota(new CoreClient(TestCluster.Of("4.1.0"), 1), key, value, (type, "x")));

    [Fact]
    public void A_credential_is_kept_and_goes_again()
    {
        var client = new CoreClient(TestCluster.Of("4.1.0"), 1);

        var made = client.Ask(new AlterUserScramCredentialsRequest { Upsertions = [new() { Name = "bob", Mechanism = 1, Iterations = 4096 }] });
        Assert.Equal(ErrorCode.None, Assert.Single(made.Results).ErrorCode);
        var info = Assert.Single(Assert.Single(client.Ask(new DescribeUserScramCredentialsRequest { Users = null }).Results).CredentialInfos);
        Assert.Equal(((sbyte)1, 4096), (info.Mechanism, info.Iterations));
        client.Ask(new AlterUserScramCredentialsRequest { Deletions = [new() { Name = "bob", Mechanism = 1 }] });

        var gone = client.Ask(new DescribeUserScramCredentialsRequest { Users = [new() { Name = "bob" }] }).Results[0];
        Assert.Equal(
            (ErrorCode.ResourceNotFound, "Attempt to describe a user credential that does not exist: bob"), (gone.ErrorCode, gone.ErrorMessage));
    }

    [Fact]
    public void Without_an_authorizer_there_are_no_acls()
    {
        var response = new CoreClient(TestCluster.Of("4.1.0"), 1).Ask(new DescribeAclsRequest { ResourceNameFilter = null });

        Assert.Equal(
            (ErrorCode.SecurityDisabled, "No Authorizer is configured on the broker"), (response.ErrorCode, response.ErrorMessage));
    }

    [Fact]
    public void Delegation_tokens_are_for_those_who_have_authenticated() =>
        Assert.Equal(
            ErrorCode.DelegationTokenRequestNotAllowed,
            new CoreClient(TestCluster.Of("4.1.0"), 1).Ask(new DescribeDelegationTokenRequest { Owners = null }).ErrorCode);

    private static (ErrorCode Code, string? Words) Quota(CoreClient client, string key, double value, params (string Type, string? Name)[] entity)
    {
        var response = client.Ask(new AlterClientQuotasRequest
        {
            Entries =
            [
                new()
                {
                    Entity = [.. entity.Select(part => new AlterClientQuotasRequest.EntityPart { EntityType = part.Type, EntityName = part.Name })],
                    Ops = [new() { Key = key, Value = value }],
                },
            ],
        });
        return (response.Entries[0].ErrorCode, response.Entries[0].ErrorMessage);
    }
}
