using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Kafka.Tests.Protocol;

public sealed class ErrorCodeTests
{
    [Fact]
    public void Every_number_up_to_the_newest_has_a_name() =>
        Assert.Equal(Enumerable.Range(-1, 135).Select(code => (ErrorCode)code), Enum.GetValues<ErrorCode>().Order());

    [Theory]
    [InlineData(6, "NotLeaderOrFollower", true)]
    [InlineData(0, "None", false)]
    [InlineData(41, "NotController", true)]
    [InlineData(36, "TopicAlreadyExists", false)]
    [InlineData(7, "RequestTimedOut", true)]
    [InlineData(47, "InvalidProducerEpoch", false)]
    [InlineData(999, "999", false)]
    public void A_code_is_retriable_where_Kafka_says_so(short code, string name, bool isRetriable)
    {
        Assert.Equal(name, ((ErrorCode)code).ToString());
        Assert.Equal(isRetriable, ((ErrorCode)code).IsRetriable());
        Assert.Equal(isRetriable, new KafkaErrorException((ErrorCode)code, "testing").IsRetriable);
    }
}
