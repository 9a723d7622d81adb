using System.Text.Json.Serialization;
using Metamorph.Model.Json;

namespace Metamorph.Model;

/// <summary>The name of one step of a plan, unique in it and readable: <c>restart-2</c>, <c>finalize-group.version</c>.</summary>
[JsonConverter(typeof(StepIdConverter))]
public readonly record struct StepId(string Value)
{
    public override string ToString() => Value;
}
