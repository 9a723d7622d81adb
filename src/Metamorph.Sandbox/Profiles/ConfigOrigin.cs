namespace Metamorph.Sandbox;

/// <summary>Where a value comes from, by the numbers of DescribeConfigs; a lower one wins.</summary>
public enum ConfigOrigin : sbyte
{
    Topic = 1,

    /// <summary>Set at run time for one broker.</summary>
    DynamicBroker = 2,

    /// <summary>Set at run time for all brokers.</summary>
    DynamicDefault = 3,

    /// <summary>The broker's <c>server.properties</c>.</summary>
    Static = 4,

    /// <summary>Kafka's own default.</summary>
    Default = 5,
}
