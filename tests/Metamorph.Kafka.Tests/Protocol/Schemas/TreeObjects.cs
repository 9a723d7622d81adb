using System.Collections;
using System.Reflection;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Kafka.Tests.Protocol.Schemas;

/// <summary>
/// Turns message objects into trees and back, by the names that their fields have in the specification.
/// </summary>
internal static class TreeObjects
{
    public static Tree ToTree(object message)
    {
        var tree = new Tree();
        foreach (var (name, property) in FieldsOf(message.GetType()))
        {
            tree[name] = ToValue(property.GetValue(message));
        }

        return tree;
    }

    public static object FromTree(Type type, Tree tree)
    {
        var message = Activator.CreateInstance(type)!;
        foreach (var (name, property) in FieldsOf(type))
        {
            property.SetValue(message, FromValue(property.PropertyType, tree[name]));
        }

        return message;
    }

    public static IEnumerable<(string Name, PropertyInfo Property)> FieldsOf(Type type) =>
        type.GetProperties()
            .Where(property => property.IsDefined(typeof(FieldAttribute)))
            .Select(property => (property.GetCustomAttribute<FieldAttribute>()!.Name ?? property.Name, property));

    private static object? ToValue(object? value) => value switch
    {
        null or string or Guid or bool or double => value,
        ReadOnlyMemory<byte> bytes => bytes.ToArray(),
        Enum code => Convert.ToInt64(code),
        Array items => items.Cast<object?>().Select(ToValue).ToList(),
        _ when value.GetType().IsPrimitive => Convert.ToInt64(value),
        _ => ToTree(value),
    };

    private static object? FromValue(Type type, object? value)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        switch (value)
        {
            case null:
                return null;
            case byte[] bytes:
                return new ReadOnlyMemory<byte>(bytes);
            case long number when type.IsEnum:
                return Enum.ToObject(type, number);
            case long number:
                return Convert.ChangeType(number, type);
            case Tree tree:
                return FromTree(type, tree);
            case IList items:
                var array = Array.CreateInstance(type.GetElementType()!, items.Count);
                for (var i = 0; i < items.Count; i++)
                {
                    array.SetValue(FromValue(type.GetElementType()!, items[i]), i);
                }

                return array;
            default:
                return value;
        }
    }
}
