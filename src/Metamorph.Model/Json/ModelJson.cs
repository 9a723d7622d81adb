using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Metamorph.Model.Json;

/// <summary>The JSON of everything that is written to disk or stdout. Generated at build time: no reflection when running.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    Converters =
    [
        typeof(ObservedConverter<int>),
        typeof(ObservedConverter<long>),
        typeof(ObservedConverter<KafkaRelease>),
        typeof(ObservedConverter<ReleaseLine>),
        typeof(ObservedConverter<BrokerRegistration>),
        typeof(ObservedConverter<NodeAnswer>),
        typeof(ObservedConverter<NodeProcess>),
        typeof(ObservedConverter<Quorum>),
        typeof(ObservedConverter<FinalizedFeatures>),
        typeof(ObservedConverter<ImmutableArray<LogDir>>),
        typeof(ObservedConverter<ImmutableArray<NodeId>>),
        typeof(ObservedConverter<ImmutableArray<Topic>>),
        typeof(ObservedConverter<ImmutableArray<Reassignment>>),
        typeof(ObservedConverter<ImmutableArray<Throttle>>),
        typeof(ObservedConverter<ImmutableArray<ConsumerGroup>>),
    ])]
[JsonSerializable(typeof(ClusterSnapshot))]
[JsonSerializable(typeof(UpgradePlan))]
[JsonSerializable(typeof(UpgradeEvent))]
[JsonSerializable(typeof(JournalEntry))]
[JsonSerializable(typeof(ImmutableArray<Finding>))]
[JsonSerializable(typeof(ImmutableArray<Objection>))]
public sealed partial class ModelJson : JsonSerializerContext;
