using Microsoft.CodeAnalysis;

namespace Metamorph.Kafka.Codecs.Parsing;

/// <summary>Reads the named arguments of an attribute.</summary>
internal static class AttributeValues
{
    public static T? Named<T>(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Value is T value)
            {
                return value;
            }
        }

        return default;
    }
}
