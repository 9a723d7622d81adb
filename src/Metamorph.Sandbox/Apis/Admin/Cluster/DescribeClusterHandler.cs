using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Tells which brokers there are, or on a controller's listener which controllers (KIP-700, KIP-919; API key 60).</summary>
internal sealed class DescribeClusterHandler : ApiHandler<DescribeClusterRequest, DescribeClusterResponse>
{
    private const sbyte Brokers = 1;
    private const sbyte Controllers = 2;

    // CREATE, ALTER, DESCRIBE, CLUSTER_ACTION, DESCRIBE_CONFIGS, ALTER_CONFIGS, IDEMPOTENT_WRITE: nobody forbids anything.
    private const int EveryClusterOperation = 8096;

    protected override void Handle(DescribeClusterRequest request, Call<DescribeClusterResponse> call, World world)
    {
        var asked = call.Version >= 1 ? request.EndpointType : Brokers;
        var here = call.Connection.Kind == ListenerKind.Broker ? Brokers : Controllers;
        if (asked is not (Brokers or Controllers))
        {
            Refuse(call, ErrorCode.UnsupportedEndpointType, $"Unsupported endpoint type {asked}");
        }
        else if (asked != here)
        {
            Refuse(
                call,
                ErrorCode.MismatchedEndpointType,
                $"The request was sent to an endpoint of type {NameOf(here)}, but we wanted an endpoint of type {NameOf(asked)}");
        }
        else
        {
            call.Answer(here == Brokers ? DescribeBrokers(request, call, world) : DescribeControllers(request, call, world));
        }
    }

    private static DescribeClusterResponse DescribeBrokers(
        DescribeClusterRequest request, Call<DescribeClusterResponse> call, World world)
    {
        var known = world.Metadata.Brokers.AsOf(call.Life.Applied).Values;
        var alive = known.Where(broker => !broker.IsFenced).ToList();
        var isFencedTold = call.Version >= 2 && request.IncludeFencedBrokers;
        return new()
        {
            ClusterId = world.Topology.ClusterId,

            // A KRaft broker does not tell who the active controller is: clients get any broker to send to.
            ControllerId = alive.Count == 0 ? -1 : world.Entropy.Pick(alive).Id,
            ClusterAuthorizedOperations = OperationsOf(request),
            Brokers =
            [
                .. (isFencedTold ? known : alive).Select(broker => new DescribeClusterResponse.Broker
                {
                    BrokerId = broker.Id,
                    Host = broker.Endpoint.Host,
                    Port = broker.Endpoint.Port,
                    Rack = broker.Rack,
                    IsFenced = isFencedTold && broker.IsFenced,
                }),
            ],
        };
    }

    private static DescribeClusterResponse DescribeControllers(
        DescribeClusterRequest request, Call<DescribeClusterResponse> call, World world) => new()
        {
            EndpointType = call.Version >= 1 ? Controllers : Brokers,
            ClusterId = world.Topology.ClusterId,
            ControllerId = world.Quorum.Leader?.Id.Value ?? -1,
            ClusterAuthorizedOperations = OperationsOf(request),
            Brokers =
            [
                .. world.Metadata.Controllers.Keys
                    .Select(id => world.Nodes.Find(id))
                    .OfType<SandboxNode>()
                    .Where(node => node.Spec.ControllerEndpoint is not null)
                    .Select(node => new DescribeClusterResponse.Broker
                    {
                        BrokerId = node.Id.Value,
                        Host = node.Spec.ControllerEndpoint!.Host,
                        Port = node.Spec.ControllerEndpoint.Port,
                    }),
            ],
        };

    private static int OperationsOf(DescribeClusterRequest request) =>
        request.IncludeClusterAuthorizedOperations ? EveryClusterOperation : int.MinValue;

    private static string NameOf(sbyte endpointType) => endpointType == Brokers ? "BROKER" : "CONTROLLER";

    private static void Refuse(Call<DescribeClusterResponse> call, ErrorCode code, string why) => call.Answer(new()
    {
        ErrorCode = call.Version == 0 ? ErrorCode.InvalidRequest : code,
        ErrorMessage = why,
    });
}
