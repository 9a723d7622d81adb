namespace Metamorph.Sandbox;

/// <summary>The types of values, by their numbers in DescribeConfigs (v3 and newer).</summary>
public enum ConfigValueType : sbyte
{
    Unknown = 0,
    Boolean = 1,
    String = 2,
    Int = 3,
    Short = 4,
    Long = 5,
    Double = 6,
    List = 7,
    Class = 8,
    Password = 9,
}
