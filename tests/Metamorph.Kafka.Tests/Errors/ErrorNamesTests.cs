using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Kafka.Tests.Errors;

public sealed class ErrorNamesTests
{
    [Theory]
    [InlineData(ErrorCode.NotLeaderOrFollower, "NOT_LEADER_OR_FOLLOWER")]
    [InlineData(ErrorCode.OutOfOrderSequenceNumber, "OUT_OF_ORDER_SEQUENCE_NUMBER")]
    [InlineData(ErrorCode.InvalidTopicException, "INVALID_TOPIC_EXCEPTION")]
    [InlineData(ErrorCode.UnknownTopicId, "UNKNOWN_TOPIC_ID")]
    [InlineData((ErrorCode)4711, "ERROR_4711")]
    public void Errors_are_spelled_as_Kafka_spells_them(ErrorCode code, string name) => Assert.Equal(name, code.KafkaName());

    [Fact]
    public void A_lost_connection_has_the_name_that_Kafkas_clients_give_it() =>
        Assert.Equal("NETWORK_EXCEPTION", ErrorNames.NameOf(new KafkaConnectionException("localhost:9092", "gone")));
}
