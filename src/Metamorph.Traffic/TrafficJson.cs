using System.Text.Json.Serialization;

namespace Metamorph.Traffic;

/// <summary>The JSON of a run. Generated at build time: no reflection when running.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TrafficResult))]
[JsonSerializable(typeof(TrafficProgress))]
public sealed partial class TrafficJson : JsonSerializerContext;
