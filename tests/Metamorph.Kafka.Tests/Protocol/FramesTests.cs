using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Kafka.Tests.Protocol;

public sealed class FramesTests
{
    [Fact]
    public void A_request_carries_its_size_and_a_header_whose_client_id_is_never_compact()
    {
        var request = new ApiVersionsRequest { ClientSoftwareName = "m", ClientSoftwareVersion = "1" };
        using var frame = Frames.EncodeRequest(request, version: 4, correlationId: 7, clientId: "me");

        Assert.Equal(
            "00000012" + "0012" + "0004" + "00000007" + "0002" + "6D65" + "00" + "026D" + "0231" + "00",
            Convert.ToHexString(frame.Memory.Span));
    }

    [Fact]
    public void A_request_is_read_back_by_one_who_knows_only_the_bytes()
    {
        using var frame = Frames.EncodeRequest(new MetadataRequest { Topics = [new() { Name = "orders" }] }, 12, 9, null);

        var reader = new KafkaReader(frame.Memory[4..]);
        var (header, api) = Frames.ReadRequestHeader(ref reader);
        var request = (MetadataRequest)api!.ReadRequest(ref reader, header.RequestApiVersion);

        Assert.Equal((9, (string?)null, "orders"), (header.CorrelationId, header.ClientId, request.Topics![0].Name));
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void The_header_of_an_unknown_request_still_says_what_to_answer()
    {
        var reader = new KafkaReader(Convert.FromHexString("7FFF" + "0001" + "0000000B" + "FFFF"));

        var (header, api) = Frames.ReadRequestHeader(ref reader);

        Assert.Null(api);
        Assert.Equal((32767, 11), (header.RequestApiKey, header.CorrelationId));
    }

    [Fact]
    public void An_ApiVersions_answer_never_has_tags_in_its_header()
    {
        using var frame = Frames.EncodeResponse(new ApiVersionsResponse { ErrorCode = ErrorCode.UnsupportedVersion }, 4, 3);

        Assert.Equal("00000003" + "0023" + "01" + "00000000" + "00", Convert.ToHexString(frame.Memory.Span[4..]));
        Assert.Equal(3, Frames.CorrelationIdOf(frame.Memory[4..]));
        Assert.Equal(ErrorCode.UnsupportedVersion, Frames.DecodeResponse<ApiVersionsResponse>(frame.Memory[4..], 4).ErrorCode);
    }

    [Fact]
    public void Bytes_after_a_response_are_refused()
    {
        using var frame = Frames.EncodeResponse(new HeartbeatResponse(), 0, 3);
        byte[] longer = [.. frame.Memory[4..].Span, 0];

        Assert.Throws<KafkaProtocolException>(() => Frames.DecodeResponse<HeartbeatResponse>(longer, 0));
    }

    [Fact]
    public void A_response_and_its_request_share_key_versions_and_flexibility()
    {
        foreach (var api in DeclaredApis.All)
        {
            Assert.False(api.Versions.IsEmpty);
            Assert.Equal(api, DeclaredApis.Find(api.Key));
        }

        IKafkaRequest<MetadataResponse> request = new MetadataRequest();
        Assert.Equal((ApiKey.Metadata, MetadataRequest.Versions), (request.Api, request.SpokenVersions));
        Assert.Equal(2, request.RequestHeaderVersion(9));
        Assert.Equal(1, request.RequestHeaderVersion(8));
    }
}
