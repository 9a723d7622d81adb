using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Tells client quotas (KIP-546, <c>ClientQuotasImage.describe</c>; API key 48).</summary>
internal sealed class DescribeClientQuotasHandler : ApiHandler<DescribeClientQuotasRequest, DescribeClientQuotasResponse>
{
    private const sbyte Exact = 0;
    private const sbyte Default = 1;
    private const sbyte Any = 2;

    protected override void Handle(
        DescribeClientQuotasRequest request, Call<DescribeClientQuotasResponse> call, World world) =>
        call.Answer(WhyNot(request) is { } why
            ? new() { ErrorCode = ErrorCode.InvalidRequest, ErrorMessage = why, Entries = null }
            : new() { ErrorMessage = null, Entries = [.. Matching(request, world)] });

    private static string? WhyNot(DescribeClientQuotasRequest request)
    {
        foreach (var component in request.Components)
        {
            var why = component switch
            {
                { EntityType: "" } => "Invalid empty entity type.",
                { MatchType: Exact, Match: null } => "Request specified MATCH_TYPE_EXACT, but set match string to null.",
                { MatchType: Default, Match: not null } => "Request specified MATCH_TYPE_DEFAULT, but also specified a match string.",
                { MatchType: Any, Match: not null } => "Request specified MATCH_TYPE_SPECIFIED, but also specified a match string.",
                { MatchType: not (Exact or Default or Any) } => $"Unknown match type {component.MatchType}",
                _ when request.Components.Count(other => other.EntityType == component.EntityType) > 1 =>
                    $"Entity type {component.EntityType} cannot appear more than once in the filter.",
                { EntityType: QuotaEntity.Ip } when request.Components.Length > 1 =>
                    "Invalid entity filter component combination, IP filter component should not be used with User or "
                    + "ClientId filter component.",
                _ => null,
            };
            if (why is not null)
            {
                return why;
            }
        }

        return null;
    }

    private static IEnumerable<DescribeClientQuotasResponse.Entry> Matching(DescribeClientQuotasRequest request, World world) =>
        from quotas in world.Metadata.Quotas
        let entity = QuotaEntity.Parse(quotas.Key)
        where request.Components.All(component => entity.Parts.Any(part => Matches(component, part)))
            && (!request.Strict || entity.Parts.Count == request.Components.Length)
        select new DescribeClientQuotasResponse.Entry
        {
            Entity =
            [
                .. entity.Parts.Select(part => new DescribeClientQuotasResponse.EntityPart
                {
                    EntityType = part.Type, EntityName = part.Name,
                }),
            ],
            Values =
            [
                .. quotas.Value.Select(quota => new DescribeClientQuotasResponse.QuotaValue
                {
                    Key = quota.Key, Value = quota.Value,
                }),
            ],
        };

    private static bool Matches(DescribeClientQuotasRequest.Component component, (string Type, string? Name) part) =>
        component.EntityType == part.Type && component.MatchType switch
        {
            Exact => part.Name == component.Match,
            Default => part.Name is null,
            _ => true,
        };
}
