namespace Metamorph.Sandbox;

/// <summary>One configuration as a release line defines it.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="Default">Kafka's own value; null where that is null, or where there is none.</param>
/// <param name="IsDynamic">Whether a broker takes it at run time. Of no meaning for a topic's: all of those
/// are.</param>
/// <param name="IsInternal">Whether DescribeConfigs leaves it out unless somebody set it.</param>
/// <param name="BrokerName">What a topic's configuration is called for all topics of a broker; null where there is
/// nothing.</param>
public sealed record ConfigDefinition(
    string Name, ConfigValueType Type, string? Default, bool IsDynamic, bool IsInternal, string? BrokerName)
{
    /// <summary>Whether no answer ever holds its value.</summary>
    public bool IsSensitive => Type == ConfigValueType.Password;
}
