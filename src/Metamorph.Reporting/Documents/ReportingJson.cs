using System.Text.Json.Serialization;
using Metamorph.Model;

namespace Metamorph.Reporting;

/// <summary>The JSON of the documents. One line each, so that a script can read line by line.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SeverityConverter)])]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(ReportDocument))]
[JsonSerializable(typeof(TrafficDocument))]
internal sealed partial class ReportingJson : JsonSerializerContext;

/// <summary>A severity is written <c>note</c>, <c>warning</c> or <c>refusal</c>.</summary>
internal sealed class SeverityConverter() : JsonStringEnumConverter<FindingSeverity>(System.Text.Json.JsonNamingPolicy.KebabCaseLower);
