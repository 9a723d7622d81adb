using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;
using Metamorph.Tests;

namespace Metamorph.Kafka.Tests.Connections;

public sealed class KafkaConnectionTests
{
    private static readonly Endpoint Node = new("one", 9092);
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ManualTime time = new();
    private readonly ScriptedTransport network = new();

    public static TheoryData<string, byte[]> NonsenseFrames => new()
    {
        { "a negative size", [0xFF, 0xFF, 0xFF, 0xFF] },
        { "a size above the limit", [0x20, 0, 0, 0] },
        { "a frame too short for a correlation id", [0, 0, 0, 2, 0, 0] },
        { "an answer that was never asked for", [0, 0, 0, 4, 0, 0, 0, 99] },
        { "an answer to the request 0", [0, 0, 0, 4, 0, 0, 0, 0] },
    };

    [Fact]
    public async Task Answers_find_their_requests_by_correlation_id()
    {
        var (connection, peer) = await OpenAsync();
        await using var _ = connection;
        var first = connection.SendAsync(new MetadataRequest(), None);
        var second = connection.SendAsync(new MetadataRequest(), None);
        var (one, two) = (await peer.ReceiveAsync(), await peer.ReceiveAsync());

        await peer.AnswerAsync(two!, new MetadataResponse { ClusterId = "two" });
        await peer.AnswerAsync(one!, new MetadataResponse { ClusterId = "one" });

        Assert.Equal(("one", "two"), ((await first).ClusterId, (await second).ClusterId));
        Assert.True(connection.IsUsable);
    }

    [Fact]
    public async Task No_more_than_MaxInFlight_are_on_their_way()
    {
        var (connection, peer) = await OpenAsync(new KafkaClientOptions { MaxInFlight = 2 });
        await using var _ = connection;
        var sent = Enumerable.Range(0, 3).Select(_ => connection.SendAsync(new MetadataRequest(), None)).ToList();
        var first = await peer.ReceiveAsync();
        await peer.ReceiveAsync();

        var third = peer.ReceiveAsync();
        Assert.False(third.IsCompleted);

        await peer.AnswerAsync(first!, new MetadataResponse());
        await sent[0];
        await peer.AnswerAsync((await third)!, new MetadataResponse { ClusterId = "third" });
        Assert.Equal("third", (await sent[2]).ClusterId);
    }

    [Fact]
    public async Task An_older_node_is_asked_again_in_the_version_it_names()
    {
        var accepted = network.AcceptAsync(Node);
        var opening = KafkaConnection.OpenAsync(Node, network, new(), time, None);
        using var peer = await accepted;
        var first = await peer.ReceiveAsync();
        var refusal = new ApiVersionsResponse
        {
            ErrorCode = ErrorCode.UnsupportedVersion,
            ApiKeys = [Api(ApiKey.ApiVersions, 2)],
        };
        await peer.AnswerAsync(first!, refusal, version: 0);
        var second = await peer.ReceiveAsync();
        await peer.AnswerAsync(second!, new ApiVersionsResponse { ApiKeys = [Api(ApiKey.Metadata, 7)] });

        await using var connection = await opening;
        Assert.Equal((4, 2), (first!.Header.RequestApiVersion, second!.Header.RequestApiVersion));
        Assert.Equal(new VersionRange(0, 7), connection.RangeOf(ApiKey.Metadata));
    }

    [Fact]
    public async Task An_API_that_is_named_twice_is_nonsense()
    {
        var accepted = network.AcceptAsync(Node);
        var opening = KafkaConnection.OpenAsync(Node, network, new(), time, None);
        using var peer = await accepted;
        await peer.NegotiateAsync(Api(ApiKey.Metadata, 7), Api(ApiKey.Metadata, 9));

        await Assert.ThrowsAsync<KafkaProtocolException>(() => opening);
        Assert.Null(await peer.ReceiveAsync());
    }

    [Theory]
    [MemberData(nameof(NonsenseFrames))]
    public async Task Nonsense_ends_the_connection(string what, byte[] frame)
    {
        var (connection, peer) = await OpenAsync();
        await using var _ = connection;
        var sent = connection.SendAsync(new MetadataRequest(), None);
        await peer.ReceiveAsync();

        await peer.SendAsync(frame);

        var failure = await Assert.ThrowsAsync<KafkaConnectionException>(() => sent);
        Assert.True(failure.InnerException is KafkaProtocolException, what);
        Assert.True(failure.MayHaveArrived);
        Assert.False(connection.IsUsable);
        Assert.Null(await peer.ReceiveAsync());
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_ends_the_connection()
    {
        var (connection, peer) = await OpenAsync();
        await using var _ = connection;
        var sent = connection.SendAsync(new MetadataRequest(), None);
        var asked = await peer.ReceiveAsync();

        await peer.SendAsync(0, 0, 0, 5, 0, 0, 0, (byte)asked!.Header.CorrelationId, 0);

        await Assert.ThrowsAsync<KafkaProtocolException>(() => sent);
        Assert.False(connection.IsUsable);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 100, 0, 0, 0, 2 })]
    public async Task A_stream_that_ends_fails_all_who_wait(byte[] before)
    {
        var (connection, peer) = await OpenAsync();
        await using var _ = connection;
        var sent = Enumerable.Range(0, 3).Select(_ => connection.SendAsync(new MetadataRequest(), None)).ToList();
        await peer.SendAsync(before);

        peer.Dispose();

        foreach (var waiting in sent)
        {
            Assert.True((await Assert.ThrowsAsync<KafkaConnectionException>(() => waiting)).MayHaveArrived);
        }

        Assert.False(connection.IsUsable);
        await Assert.ThrowsAsync<KafkaConnectionException>(() => connection.SendAsync(new MetadataRequest(), None));
    }

    [Fact]
    public async Task A_node_that_does_not_answer_in_time_is_given_up()
    {
        var (connection, peer) = await OpenAsync();
        await using var _ = connection;
        var sent = connection.SendAsync(new MetadataRequest(), None);
        await peer.ReceiveAsync();

        time.Advance(TimeSpan.FromSeconds(9));
        Assert.True(connection.IsUsable);
        time.Advance(TimeSpan.FromSeconds(1));

        var failure = await Assert.ThrowsAsync<KafkaConnectionException>(() => sent);
        Assert.Equal("one:9092: did not answer Metadata within 10 s", failure.Message);
        Assert.False(connection.IsUsable);
        Assert.Null(await peer.ReceiveAsync());
    }

    [Fact]
    public async Task A_frozen_node_that_does_not_even_read_is_given_up_as_well()
    {
        var (connection, _) = await OpenAsync();
        await using var closed = connection;
        var large = new MetadataRequest
        {
            Topics = [.. Enumerable.Range(0, 2000).Select(i => new MetadataRequest.Topic { Name = $"{i:d100}" })],
        };
        var writing = connection.SendAsync(large, None);
        var queued = connection.SendAsync(new MetadataRequest(), TimeSpan.FromSeconds(60), None);

        time.Advance(TimeSpan.FromSeconds(10));

        var failure = await Assert.ThrowsAsync<KafkaConnectionException>(() => writing);
        Assert.Equal("one:9092: did not answer Metadata within 10 s", failure.Message);
        Assert.Same(failure, (await Assert.ThrowsAsync<KafkaConnectionException>(() => queued)).InnerException);
        Assert.False(connection.IsUsable);
    }

    [Fact]
    public async Task A_node_that_accepts_and_stays_silent_is_not_waited_for_longer_than_for_a_connection()
    {
        var accepted = network.AcceptAsync(Node);
        var opening = KafkaConnection.OpenAsync(Node, network, new(), time, None);
        using var peer = await accepted;
        await peer.ReceiveAsync();

        time.Advance(TimeSpan.FromSeconds(3));

        await Assert.ThrowsAsync<KafkaConnectionException>(() => opening);
        Assert.Null(await peer.ReceiveAsync());
    }

    [Fact]
    public async Task A_caller_who_stops_waiting_leaves_the_connection_to_the_others()
    {
        var (connection, peer) = await OpenAsync();
        await using var _ = connection;
        using var stop = new CancellationTokenSource();
        var left = connection.SendAsync(new MetadataRequest(), stop.Token);
        var stays = connection.SendAsync(new MetadataRequest(), None);
        var (one, two) = (await peer.ReceiveAsync(), await peer.ReceiveAsync());

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await peer.AnswerAsync(one!, new MetadataResponse { ClusterId = "late" });
        await peer.AnswerAsync(two!, new MetadataResponse { ClusterId = "mine" });

        Assert.Equal("mine", (await stays).ClusterId);
        Assert.True(connection.IsUsable);
    }

    [Fact]
    public async Task Closing_tells_those_who_wait_for_an_answer_and_those_who_wait_for_their_turn()
    {
        var (connection, _) = await OpenAsync(new KafkaClientOptions { MaxInFlight = 1 });
        var sent = connection.SendAsync(new MetadataRequest(), None);
        var queued = connection.SendAsync(new MetadataRequest(), None);

        await connection.DisposeAsync();

        await Assert.ThrowsAsync<KafkaConnectionException>(() => sent);
        await Assert.ThrowsAsync<KafkaConnectionException>(() => queued);
    }

    [Fact]
    public async Task Who_closes_a_connection_that_is_just_given_up_waits_until_it_is()
    {
        // Off the test's own context: what continues where the reads end does so at once.
        await Task.Run(async () =>
        {
            KafkaConnection? connection = null;
            Task? closing = null;
            var wasInTheWay = false;
            var watched = new ScriptedTransport
            {
                Wrap = stream => new WatchedStream(stream, () =>
                {
                    closing = connection!.DisposeAsync().AsTask();
                    wasInTheWay = closing.IsCompleted;
                }),
            };
            (connection, var peer) = await OpenAsync(watched);
            var sent = connection.SendAsync(new MetadataRequest(), None);
            await peer.ReceiveAsync();

            time.Advance(TimeSpan.FromSeconds(10));

            Assert.False(wasInTheWay);
            await closing!;
            await Assert.ThrowsAsync<KafkaConnectionException>(() => sent);
        }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_request_that_the_node_cannot_understand_is_not_sent()
    {
        var (connection, _) = await OpenAsync();
        await using var closed = connection;

        await Assert.ThrowsAsync<KafkaUnsupportedException>(() => connection.SendAsync(new ListGroupsRequest(), None));
        Assert.True(connection.IsUsable);
    }

    private static ApiVersionsResponse.ApiVersion Api(ApiKey api, short max) =>
        new() { ApiKey = api, MaxVersion = max };

    private Task<(KafkaConnection Connection, ScriptedPeer Peer)> OpenAsync(KafkaClientOptions? options = null) =>
        OpenAsync(network, options);

    private async Task<(KafkaConnection Connection, ScriptedPeer Peer)> OpenAsync(
        ScriptedTransport over, KafkaClientOptions? options = null)
    {
        var accepted = over.AcceptAsync(Node);
        var opening = KafkaConnection.OpenAsync(Node, over, options ?? new(), time, None);
        var peer = await accepted;
        await peer.NegotiateAsync(Api(ApiKey.Metadata, 12));
        return (await opening, peer);
    }
}
