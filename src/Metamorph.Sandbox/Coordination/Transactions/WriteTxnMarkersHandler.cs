using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>
/// Ends transactions in partitions that the asked broker leads, as somebody does by hand with one that hangs (KIP-664).
/// </summary>
internal sealed class WriteTxnMarkersHandler : ApiHandler<WriteTxnMarkersRequest, WriteTxnMarkersResponse>
{
    protected override void Handle(WriteTxnMarkersRequest request, Call<WriteTxnMarkersResponse> call, World world)
    {
        var wanted = request.Markers
            .SelectMany((marker, place) => marker.Topics
                .SelectMany(topic => topic.PartitionIndexes.Select(index => (Place: place, topic.Name, Index: index))))
            .ToList();
        var errors = new Dictionary<(int Place, string Topic, int Index), ErrorCode>();
        foreach (var each in wanted.Distinct().ToList())
        {
            Write(request.Markers[each.Place], each.Name, each.Index, call, world, error =>
            {
                errors[each] = error;
                if (errors.Count == wanted.Distinct().Count())
                {
                    Answer(request, call, errors);
                }
            });
        }

        if (wanted.Count == 0)
        {
            Answer(request, call, errors);
        }
    }

    private static void Write(
        WriteTxnMarkersRequest.WritableTxnMarker marker, string topic, int index, Call call, World world,
        Action<ErrorCode> whenDone)
    {
        var partitions = world.Metadata.FindTopic(topic, call.Life.Applied)?.Partitions;
        if (partitions is null || index < 0 || index >= partitions.Count)
        {
            whenDone(ErrorCode.UnknownTopicOrPartition);
        }
        else if (partitions[index].AsOf(call.Life.Applied)?.Leader != call.Node.Id.Value)
        {
            whenDone(ErrorCode.NotLeaderOrFollower);
        }
        else
        {
            MarkerWriter.Write(
                world, call.Node, partitions[index],
                new(marker.ProducerId, marker.ProducerEpoch, marker.CoordinatorEpoch, marker.TransactionResult), whenDone);
        }
    }

    private static void Answer(
        WriteTxnMarkersRequest request,
        Call<WriteTxnMarkersResponse> call,
        Dictionary<(int Place, string Topic, int Index), ErrorCode> errors) =>
        call.Answer(new WriteTxnMarkersResponse
        {
            Markers =
            [
                .. request.Markers.Select((marker, place) => new WriteTxnMarkersResponse.WritableTxnMarkerResult
                {
                    ProducerId = marker.ProducerId,
                    Topics =
                    [
                        .. marker.Topics.Select(topic => new WriteTxnMarkersResponse.WritableTxnMarkerTopicResult
                        {
                            Name = topic.Name,
                            Partitions =
                            [
                                .. topic.PartitionIndexes
                                    .Select(index => new WriteTxnMarkersResponse.WritableTxnMarkerPartitionResult
                                {
                                    PartitionIndex = index,
                                    ErrorCode = errors[(place, topic.Name, index)],
                                }),
                            ],
                        }),
                    ],
                }),
            ],
        });
}
