namespace Metamorph.Nodes.Tests;

public sealed class ReleaseJarsTests
{
    [Theory]
    [InlineData("3.9.2", "/k/libs/kafka-clients-3.9.2.jar /k/libs/kafka_2.13-3.9.2.jar /k/libs/slf4j-api-1.7.36.jar")]
    [InlineData("5.0.0", "/k/libs/kafka-clients-5.0.0.jar /k/libs/kafka-server-5.0.0.jar /k/libs/kafka-server-common-5.0.0.jar")]
    [InlineData("3.9.2", "/k/libs/kafka_2.13-3.9.2.jar /plugins/auth/kafka-clients-2.8.0.jar")]
    [InlineData("2.3.0", "/k/kafka_2.12-2.3.0.jar /k/kafka_2.12-2.3.0-javadoc.jar /k/kafka_2.12-2.3.0-test-sources.jar /k/kafka_2.12-2.3.0-test.jar")]
    public void The_brokers_own_folder_tells_the_release(string release, string jars) =>
        Assert.Equal(release, $"{ReleaseJars.ReleaseOf(jars.Split(' '), "the jars").Value}");

    [Theory]
    [InlineData("", "no jar of the Kafka broker among the jars")]
    [InlineData("/plugins/kafka-clients-2.8.0.jar", "no jar of the Kafka broker among the jars")]
    [InlineData("/k/kafka_2.13-3.9.2.jar /k/kafka-clients-3.9.1.jar", "the jars contradict each other: 3.9.1, 3.9.2")]
    [InlineData("/k/kafka_2.13-3.9.2.jar /j/kafka_2.13-4.3.1.jar", "the jars contradict each other: 3.9.2, 4.3.1")]
    [InlineData("/k/kafka_2.13-7.5.0-ccs.jar", "the jars are of 7.5.0-ccs, which is no release of Apache Kafka")]
    public void What_they_do_not_tell_is_unknown_with_the_reason(string jars, string why) =>
        Assert.Equal(why, ReleaseJars.ReleaseOf(jars.Split(' '), "the jars").Why);
}
