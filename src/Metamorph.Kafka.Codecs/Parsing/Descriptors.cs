using Microsoft.CodeAnalysis;

namespace Metamorph.Kafka.Codecs.Parsing;

/// <summary>What a declaration can do wrong.</summary>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor NotPartial = Error(
        "MMW001", "A message type must be partial", "{0} must be partial, because its codec is generated");

    public static readonly DiagnosticDescriptor BadVersions = Error(
        "MMW002",
        "Versions must be readable",
        "\"{0}\" is not a range of versions: write \"3\", \"0-7\", \"9+\" or \"none\"");

    public static readonly DiagnosticDescriptor BadType = Error(
        "MMW003", "A field's type must exist on the wire", "{0} has type {1}, which the protocol cannot carry");

    public static readonly DiagnosticDescriptor BadTag = Error(
        "MMW004", "A tagged field needs a tag of its own and tagged versions", "{0}: {1}");

    public static readonly DiagnosticDescriptor BadNullability = Error(
        "MMW005", "A field's type and its nullable versions must agree", "{0}: {1}");

    public static readonly DiagnosticDescriptor BadDefault = Error(
        "MMW006", "An initial value must be a constant", "The initial value of {0} is not known at compile time");

    public static readonly DiagnosticDescriptor Recursive = Error(
        "MMW007", "A message cannot contain itself", "{0} contains itself, so that a frame could nest without end");

    public static readonly DiagnosticDescriptor NotSettable = Error(
        "MMW008", "A field must be an auto-property that can be initialised", "{0} needs a get and an init accessor");

    public static readonly DiagnosticDescriptor BadInterning = Error(
        "MMW009", "Only lists of 32-bit numbers are interned", "{0} is not an int[] that is never null");

    public static readonly DiagnosticDescriptor NotNested = Error(
        "MMW010", "A message's types must be nested in it", "{0} has type {1}, which is not nested in {2}");

    private static readonly DiagnosticDescriptor[] All =
    [
        NotPartial, BadVersions, BadType, BadTag, BadNullability, BadDefault, Recursive, NotSettable, BadInterning,
        NotNested,
    ];

    public static DiagnosticDescriptor Find(string id) => All.First(descriptor => descriptor.Id == id);

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "Metamorph.Wire", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
