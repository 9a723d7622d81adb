using Metamorph.Kafka.Codecs.Model;

namespace Metamorph.Kafka.Codecs.Emission;

/// <summary>Emits <c>Write</c>: the fields in place in their order, then the tagged ones by number.</summary>
internal sealed class WriteEmitter(MessageModel message, CodeWriter code)
{
    public void EmitBody(StructModel type)
    {
        foreach (var field in type.Fields)
        {
            EmitInPlace(type, field);
        }

        if (!message.Flexible.Intersect(message.Versions).IsEmpty)
        {
            using (code.Block("if (flexible)"))
            {
                code.Line(type.TaggedFields.Any() ? "WriteTags(ref writer, version);" : "writer.WriteNoTags();");
            }
        }
    }

    /// <summary>
    /// Emits the writing of tagged fields: apart, so that <c>Write</c> stays small enough for its calls to be
    /// inlined.
    /// </summary>
    public void EmitTagMethod(StructModel type)
    {
        if (type.TaggedFields.Any())
        {
            code.Line();
            var modifiers = type.IsValueStruct ? "private readonly" : "private";
            using (code.Block($"{modifiers} void WriteTags(ref KafkaWriter writer, short version)"))
            {
                code.Line("const bool flexible = true;");
                EmitTags(type);
            }
        }
    }

    /// <summary>Emits the test for a struct that has nothing set, where that is asked.</summary>
    public void EmitIsDefault(StructModel type)
    {
        if (type.NeedsIsDefault)
        {
            var isSet = string.Join(" || ", type.Fields.Select(field => field.IsSet()));
            if (type.IsValueStruct)
            {
                code.Line($"internal readonly bool IsDefault() => !({isSet});");
            }
            else
            {
                code.Line("/// <summary>The one instance that stands for a value nobody has set.</summary>");
                code.Line($"public static {type.FullName} Unset {{ get; }} = new();");
                code.Line();
                code.Line("internal bool IsDefault() => ReferenceEquals(this, Unset) || HasOnlyDefaults();");
                code.Line();
                code.Line($"private bool HasOnlyDefaults() => !({isSet});");
            }

            code.Line();
        }
    }

    private void EmitInPlace(StructModel type, FieldModel field)
    {
        var inPlace = VersionTest.Of(field.InPlace, message.Versions);
        var mayLose = !field.Ignorable && !field.Versions.Covers(message.Versions);

        if (inPlace == VersionTest.Always)
        {
            EmitValue(type, field);
        }
        else if (inPlace != VersionTest.Never)
        {
            using (code.Block($"if ({inPlace})"))
            {
                EmitValue(type, field);
            }
        }

        if (mayLose)
        {
            using (code.Block($"if (!({VersionTest.Of(field.Versions, message.Versions)}) && {field.IsSet()})"))
            {
                code.Line($"FieldGuard.CannotCarry({NamesOf(type, field)}, version);");
            }
        }
    }

    private void EmitTags(StructModel type)
    {
        var tagged = type.TaggedFields.ToList();
        code.Line("uint tagCount = 0;");
        foreach (var field in tagged)
        {
            var test = VersionTest.Of(field.Tagged, message.Versions.Intersect(message.Flexible));
            var also = test == VersionTest.Always ? "" : $"{test} && ";
            code.Line($"bool has{field.Property} = {also}{field.IsSet()};");
            code.Line($"tagCount += has{field.Property} ? 1u : 0u;");
        }

        code.Line("writer.WriteUnsignedVarint(tagCount);");
        foreach (var field in tagged)
        {
            using (code.Block($"if (has{field.Property})"))
            {
                code.Line($"int start = writer.BeginTag({field.Tag}u);");
                EmitValue(type, field);
                code.Line("writer.EndTag(start);");
            }
        }
    }

    private void EmitValue(StructModel type, FieldModel field)
    {
        var nullable = field.CanBeNull
            ? VersionTest.Of(field.Nullable, message.Versions.Intersect(field.Versions))
            : VersionTest.Never;

        if (field.Type == WireType.Struct)
        {
            EmitStruct(type, field, nullable);
            return;
        }

        if (nullable is VersionTest.Always or VersionTest.Never)
        {
            EmitPrimitive(field, nullable == VersionTest.Always ? "Nullable" : "");
            return;
        }

        using (code.Block($"if ({nullable})"))
        {
            EmitPrimitive(field, "Nullable");
        }

        using (code.Block("else"))
        {
            EmitPrimitive(field, "");
        }
    }

    private void EmitPrimitive(FieldModel field, string nullable)
    {
        var compact = field.Compact(message);
        if (field.IsArray)
        {
            // A null array that the version refuses has been refused with its length.
            code.Line($"writer.Write{nullable}ArrayLength({field.Property}?.Length ?? -1, {compact});");
            code.Line(field.Type == WireType.String
                ? $"writer.WriteElements({field.Property}, {compact});"
                : $"writer.WriteElements({field.Property});");
        }
        else if (field.Type is WireType.String or WireType.Bytes)
        {
            var forgiven = field.Type == WireType.String && nullable.Length == 0 ? "!" : "";
            code.Line($"writer.Write{nullable}{field.Type.MethodName()}({field.Property}{forgiven}, {compact});");
        }
        else
        {
            var cast = field.EnumType is null ? "" : $"({CSharpName(field.Type)})";
            code.Line($"writer.Write{field.Type.MethodName()}({cast}{field.Property});");
        }
    }

    private void EmitStruct(StructModel type, FieldModel field, string nullable)
    {
        if (field.IsArray)
        {
            EmitStructArray(field, nullable);
            return;
        }

        if (!field.CanBeNull)
        {
            code.Line($"{field.Property}.Write(ref writer, version);");
            return;
        }

        var value = field.Local();
        if (nullable != VersionTest.Never)
        {
            code.Line(nullable == VersionTest.Always
                ? $"writer.WritePresence({field.Property} is not null);"
                : $"if ({nullable}) writer.WritePresence({field.Property} is not null);");
        }

        using (code.Block($"if ({field.Property} is {{ }} {value})"))
        {
            code.Line($"{value}.Write(ref writer, version);");
        }

        if (nullable != VersionTest.Always)
        {
            using (code.Block($"else if (!({nullable}))"))
            {
                code.Line($"FieldGuard.NullStruct({NamesOf(type, field)}, version);");
            }
        }
    }

    private void EmitStructArray(FieldModel field, string nullable)
    {
        var compact = field.Compact(message);
        if (nullable is VersionTest.Always or VersionTest.Never)
        {
            var orNull = nullable == VersionTest.Always ? "Nullable" : "";
            code.Line($"writer.Write{orNull}ArrayLength({field.Property}?.Length ?? -1, {compact});");
        }
        else
        {
            code.Line($"if ({nullable}) writer.WriteNullableArrayLength({field.Property}?.Length ?? -1, {compact});");
            code.Line($"else writer.WriteArrayLength({field.Property}?.Length ?? -1, {compact});");
        }

        var elements = $"new global::System.ReadOnlySpan<{field.StructType}>({field.Property})";
        using (code.Block($"foreach (ref readonly var element in {elements})"))
        {
            code.Line("element.Write(ref writer, version);");
        }
    }

    private string NamesOf(StructModel type, FieldModel field) =>
        $"\"{message.Root.Name}\", \"{type.Name}.{field.Property}\"";

    private static string CSharpName(WireType type) => type switch
    {
        WireType.Int8 => "sbyte",
        WireType.Int16 => "short",
        WireType.UInt16 => "ushort",
        WireType.Int32 => "int",
        WireType.UInt32 => "uint",
        _ => "long",
    };
}
