using Metamorph.Kafka.Codecs.Model;

namespace Metamorph.Kafka.Codecs.Emission;

/// <summary>
/// Emits reading: what the version has, in order, and the initial value for the rest. A class is read by a constructor,
/// which may set its init-only properties. A struct is read into local variables that become the struct at the end:
/// they stay in registers, where setting properties one by one would cost a write barrier for each reference.
/// </summary>
internal sealed class ReadEmitter(MessageModel message, CodeWriter code)
{
    private readonly SmallestSize _sizes = new(message);

    public void EmitClassBody(StructModel type) => EmitFields(type, field => field.Property);

    public void EmitStructBody(StructModel type)
    {
        foreach (var field in type.Fields)
        {
            var initial = field is { Default: "new()", IsValueStruct: false } ? $"{field.StructType}.Unset" : field.Default;
            code.Line($"{field.PropertyType} {field.Local()} = {initial};");
        }

        EmitFields(type, field => field.Local());
        using (code.Block($"return new {type.FullName}"))
        {
            foreach (var field in type.Fields)
            {
                code.Line($"{field.Property} = {field.Local()},");
            }
        }

        code.Line(";");
    }

    /// <summary>Emits the methods that read arrays of <paramref name="type"/>.</summary>
    public void EmitArrayMethods(StructModel type)
    {
        var smallest = _sizes.Of(type.FullName);
        const string from = "(ref KafkaReader reader, short version, bool compact)";
        using (code.Block($"internal static {type.FullName}[] ReadArray{from}"))
        {
            code.Line($"return ReadElements(ref reader, version, reader.ReadArrayLength(compact, {smallest}));");
        }

        code.Line();
        using (code.Block($"internal static {type.FullName}[]? ReadNullableArray{from}"))
        {
            code.Line($"int count = reader.ReadNullableArrayLength(compact, {smallest});");
            code.Line("return count < 0 ? null : ReadElements(ref reader, version, count);");
        }

        code.Line();
        // A loop that is inlined into its caller, and that into its own, leaves the JIT no budget for what is in it.
        code.Line(Inlining.Never);
        const string elements = "ReadElements(ref KafkaReader reader, short version, int count)";
        using (code.Block($"private static {type.FullName}[] {elements}"))
        {
            using (code.Block("if (count == 0)"))
            {
                code.Line("return [];");
            }

            code.Line();
            code.Line($"var elements = new {type.FullName}[count];");
            using (code.Block("for (int i = 0; i < elements.Length; i++)"))
            {
                code.Line($"elements[i] = {NewOf(type.FullName, type.IsValueStruct)};");
            }

            code.Line();
            code.Line("return elements;");
        }

        code.Line();
    }

    private void EmitFields(StructModel type, Func<FieldModel, string> target)
    {
        foreach (var field in type.Fields)
        {
            var test = VersionTest.Of(field.InPlace, message.Versions);
            if (test == VersionTest.Always)
            {
                code.Line($"{target(field)} = {ReadValue(field)};");
            }
            else if (test != VersionTest.Never)
            {
                using (code.Block($"if ({test})"))
                {
                    code.Line($"{target(field)} = {ReadValue(field)};");
                }
            }
        }

        if (!message.Flexible.Intersect(message.Versions).IsEmpty)
        {
            using (code.Block("if (flexible)"))
            {
                EmitTags(type, target);
            }
        }
    }

    private void EmitTags(StructModel type, Func<FieldModel, string> target)
    {
        var tagged = type.TaggedFields.ToList();
        if (tagged.Count == 0)
        {
            code.Line("reader.SkipTags();");
            return;
        }

        using (code.Block("for (int left = reader.ReadTagCount(); left > 0; left--)"))
        {
            code.Line("uint tag = reader.ReadTag(out int end);");
            using (code.Block("switch (tag)"))
            {
                foreach (var field in tagged)
                {
                    var test = VersionTest.Of(field.Tagged, message.Versions.Intersect(message.Flexible));
                    code.Line($"case {field.Tag}u{(test == VersionTest.Always ? "" : $" when {test}")}:");
                    code.Line($"    {target(field)} = {ReadValue(field)};");
                    code.Line("    reader.EndTag(tag, end);");
                    code.Line("    break;");
                }

                code.Line("default:");
                code.Line("    reader.SkipTag(end);");
                code.Line("    break;");
            }
        }
    }

    private string ReadValue(FieldModel field)
    {
        if (!field.CanBeNull)
        {
            return Read(field, "");
        }

        var test = VersionTest.Of(field.Nullable, message.Versions.Intersect(field.Versions));
        return test switch
        {
            VersionTest.Always => Read(field, "Nullable"),
            VersionTest.Never => Read(field, ""),
            _ => $"({test} ? {Read(field, "Nullable")} : {Read(field, "")})",
        };
    }

    private string Read(FieldModel field, string nullable)
    {
        var compact = field.Compact(message);
        if (field.Type == WireType.Struct)
        {
            return ReadStruct(field, nullable, compact);
        }

        if (field.IsArray)
        {
            var interned = field.Interned ? "Interned" : "";
            return $"reader.Read{nullable}{interned}{field.Type.MethodName()}Array({compact})";
        }

        if (field.Type is WireType.String or WireType.Bytes)
        {
            return $"reader.Read{nullable}{field.Type.MethodName()}({compact})";
        }

        var number = $"reader.Read{field.Type.MethodName()}()";
        return field.EnumType is null ? number : $"({field.EnumType}){number}";
    }

    private static string NewOf(string type, bool isValueStruct) =>
        isValueStruct ? $"{type}.Read(ref reader, version)" : $"new {type}(ref reader, version)";

    private static string ReadStruct(FieldModel field, string nullable, string compact)
    {
        if (field.IsArray)
        {
            return $"{field.StructType}.Read{nullable}Array(ref reader, version, {compact})";
        }

        var read = NewOf(field.StructType!, field.IsValueStruct);
        return nullable.Length == 0 ? read : $"(reader.ReadPresence() ? {read} : ({field.StructType}?)null)";
    }
}
