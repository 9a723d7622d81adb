using System.Reflection;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Tests.Protocol.Schemas;

namespace Metamorph.Kafka.Tests.Protocol;

// Every declaration against Kafka's own specification of it, read by an interpreter that shares nothing with the
// product.
public sealed class SchemaConformanceTests
{
    private const int SeedsPerVersion = 40;

    public static TheoryData<string> Messages => new(DeclaredMessage.All.Keys);

    [Fact]
    public void Everything_a_broker_or_controller_serves_is_declared()
    {
        var served = MessageSchema.All().Values.Where(schema => schema.Listeners.Length > 0).Select(schema => schema.Name);
        var answers = served.Select(name => name[..^"Request".Length] + "Response");

        Assert.Empty(served.Concat(answers).Except(DeclaredMessage.All.Keys));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_declaration_has_the_key_and_the_versions_of_its_specification(string name)
    {
        var schema = MessageSchema.All()[name];
        var declared = DeclaredMessage.All[name];
        var attribute = declared.Type.GetCustomAttribute<KafkaMessageAttribute>()!;

        Assert.Equal(schema.ApiKey, (short?)attribute.Key);
        Assert.Equal(schema.Kind is "header" ? "data" : schema.Kind, attribute.Kind.ToString().ToLowerInvariant());
        Assert.Equal((schema.Versions.From, schema.Versions.To), ((int)declared.Versions.Min, (int)declared.Versions.Max));
        for (var version = declared.Versions.Min; version <= declared.Versions.Max; version++)
        {
            Assert.Equal(schema.Flexible.Has(version), declared.IsFlexible(version));
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_new_message_has_the_initial_values_of_its_specification(string name)
    {
        var schema = MessageSchema.All()[name];

        AssertSame(
            Tree.Defaults(schema, schema.Fields),
            TreeObjects.ToTree(Activator.CreateInstance(DeclaredMessage.All[name].Type)!), name);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_version_reads_and_writes_the_bytes_of_its_specification(string name)
    {
        var schema = MessageSchema.All()[name];
        var declared = DeclaredMessage.All[name];

        for (var version = declared.Versions.Min; version <= declared.Versions.Max; version++)
        {
            for (var seed = 0; seed < SeedsPerVersion; seed++)
            {
                var where = $"{name} v{version} seed {seed}";
                var wanted = new TreeMaker(schema, version, new Random(seed)).Make();
                var bytes = SchemaEncoder.Encode(schema, version, wanted);

                var read = declared.Read(bytes, version);

                AssertSame(wanted, TreeObjects.ToTree(read), where);
                AssertSameBytes(bytes, DeclaredMessage.Write(read, version), where);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Tagged_fields_that_nobody_knows_yet_change_nothing(string name)
    {
        var schema = MessageSchema.All()[name];
        var declared = DeclaredMessage.All[name];

        for (var version = declared.Versions.Min; version <= declared.Versions.Max; version++)
        {
            for (var seed = 0; seed < 5; seed++)
            {
                var wanted = new TreeMaker(schema, version, new Random(seed)).Make();

                var read = declared.Read(SchemaEncoder.Encode(schema, version, wanted, withUnknownTags: true), version);

                AssertSame(wanted, TreeObjects.ToTree(read), $"{name} v{version} seed {seed}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_value_that_a_version_lacks_is_dropped_only_where_its_specification_allows(string name)
    {
        var schema = MessageSchema.All()[name];
        var declared = DeclaredMessage.All[name];

        for (var version = declared.Versions.Min; version <= declared.Versions.Max; version++)
        {
            foreach (var (field, tree) in LackingFields(schema, schema.Fields, version))
            {
                var message = (IKafkaMessage)TreeObjects.FromTree(declared.Type, tree);
                var refusal = Record.Exception(() => DeclaredMessage.Write(message, version));

                if (field.Ignorable)
                {
                    Assert.Null(refusal);
                }
                else
                {
                    Assert.True(refusal is KafkaProtocolException, $"{name} v{version} lost {field.Name}: {refusal}");
                    Assert.Contains(field.Name, refusal.Message);
                }
            }
        }
    }

    // Each field that the version lacks, with a message in which it alone is set, at whatever depth.
    private static IEnumerable<(FieldSchema Field, Tree Message)> LackingFields(
        MessageSchema schema, FieldSchema[] fields, int version)
    {
        foreach (var field in fields)
        {
            if (!field.Versions.Has(version))
            {
                var tree = Tree.Defaults(schema, fields);
                tree[field.Name] = new TreeMaker(schema, version, new Random(1)).Unusual(field);
                yield return (field, tree);
            }
            else if (field.IsStruct)
            {
                foreach (var (inner, value) in LackingFields(schema, schema.FieldsOf(field), version))
                {
                    var tree = Tree.Defaults(schema, fields);
                    tree[field.Name] = field.IsArray ? new List<object?> { value } : value;
                    yield return (inner, tree);
                }
            }
        }
    }

    private static void AssertSame(Tree wanted, Tree seen, string where)
    {
        Assert.Equal(wanted.Keys, seen.Keys);
        foreach (var (name, value) in wanted)
        {
            Assert.True(Tree.Same(value, seen[name]), $"{where}: {name} should be {Show(value)} and is {Show(seen[name])}");
        }
    }

    private static void AssertSameBytes(byte[] wanted, byte[] seen, string where) =>
        Assert.True(
            wanted.AsSpan().SequenceEqual(seen),
            $"{where}\nwanted {Convert.ToHexString(wanted)}\nseen   {Convert.ToHexString(seen)}");

    private static string Show(object? value) =>
        value switch
        {
            null => "null",
            List<object?> items => $"[{string.Join(", ", items.Select(Show))}]",
            Tree tree => $"{{{string.Join(", ", tree.Select(pair => $"{pair.Key}: {Show(pair.Value)}"))}}}",
            byte[] bytes => Convert.ToHexString(bytes),
            _ => value.ToString()!,
        };
}
