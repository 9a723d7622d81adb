using Metamorph.Kafka.Codecs;
using Metamorph.Kafka.Protocol;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Metamorph.Kafka.Tests.Codecs;

public sealed class MessageCodecGeneratorTests
{
    private const string EveryFeature = """
        [KafkaMessage(Versions = "0-9", Flexible = "4+")]
        public sealed partial class Everything : IKafkaMessage<Everything>
        {
            [Field("0+")] public bool Bool { get; init; } = true;
            [Field("0+", Ignorable = true)] public sbyte Int8 { get; init; } = -1;
            [Field("1+")] public short Int16 { get; init; }
            [Field("1-3")] public ushort UInt16 { get; init; } = 9092;
            [Field("0+")] public int Int32 { get; init; } = int.MinValue;
            [Field("0+")] public uint UInt32 { get; init; }
            [Field("2+")] public long Int64 { get; init; } = long.MaxValue;
            [Field("0+")] public double Float64 { get; init; } = 1.5;
            [Field("0+")] public Guid Uuid { get; init; }
            [Field("0+")] public ErrorCode Code { get; init; } = ErrorCode.NotController;
            [Field("0+")] public string Text { get; init; } = "say \"hi\"";
            [Field("0+", Nullable = "3+")] public string? Maybe { get; init; }
            [Field("0+", Flexible = "none")] public string Classic { get; init; } = "";
            [Field("0+")] public ReadOnlyMemory<byte> Bytes { get; init; }
            [Field("0+", Nullable = "0+")] public ReadOnlyMemory<byte>? Records { get; init; }
            [Field("0+", Interned = true)] public int[] Nodes { get; init; } = [];
            [Field("0+", Nullable = "2+")] public string[]? Names { get; init; } = [];
            [Field("0+")] public Guid[] Ids { get; init; } = [];
            [Field("0+")] public Part[] Parts { get; init; } = [];
            [Field("0+", Nullable = "1+")] public Part[]? Others { get; init; }
            [Field("0+")] public Single One { get; init; } = Single.Unset;
            [Field("0+", Nullable = "5+")] public Single? MaybeOne { get; init; }
            [Field("0+")] public Small Value { get; init; } = new();
            [Field("0+", Nullable = "0+")] public Small? MaybeValue { get; init; }
            [Field("2+", Tag = 3, Tagged = "5+")] public int Moved { get; init; } = 7;
            [Field("4+", Tag = 0, Tagged = "4+", Nullable = "4+")] public string? Tagged { get; init; }
            [Field("6+", Tag = 1, Tagged = "6+")] public Single TaggedOne { get; init; } = Single.Unset;
            [Field("6+", Tag = 2, Tagged = "6+")] public Part[] TaggedParts { get; init; } = [];

            public sealed partial class Part
            {
                [Field("0+")] public string Name { get; init; } = "";
                [Field("4+", Tag = 0, Tagged = "4+")] public Small Inner { get; init; } = new();
            }

            public sealed partial class Single
            {
                [Field("3+", Name = "Key")] public long Number { get; init; } = -1;
            }

            public readonly partial struct Small
            {
                [Field("0+")] public int Number { get; init; } = -1;
                [Field("0+", Interned = true)] public int[] Nodes { get; init; } = [];
            }
        }
        """;

    [Fact]
    public void A_declaration_with_every_feature_becomes_code_that_compiles() =>
        Assert.Empty(Compile(EveryFeature));

    [Theory]
    [InlineData("MMW001", """
        [KafkaMessage(Versions = "0")] public class Whole { [Field("0")] public int A { get; init; } }
        """)]
    [InlineData("MMW002", """
        [KafkaMessage(Versions = "0-")] public partial class Odd { [Field("0")] public int A { get; init; } }
        """)]
    [InlineData("MMW002", """
        [KafkaMessage(Versions = "0")] public partial class Odd { [Field("3-1")] public int A { get; init; } }
        """)]
    [InlineData("MMW003", """
        [KafkaMessage(Versions = "0")] public partial class Odd { [Field("0")] public decimal A { get; init; } }
        """)]
    [InlineData("MMW003", """
        [KafkaMessage(Versions = "0")] public partial class Odd { [Field("0")] public ErrorCode[] A { get; init; } = []; }
        """)]
    [InlineData("MMW004", """
        [KafkaMessage(Versions = "0", Flexible = "0+")] public partial class Odd { [Field("0", Tagged = "0")] public int A { get; init; } }
        """)]
    [InlineData("MMW004", """
        [KafkaMessage(Versions = "0-2", Flexible = "1+")] public partial class Odd { [Field("0+", Tag = 0, Tagged = "0+")] public int A { get; init; } }
        """)]
    [InlineData("MMW004", """
        [KafkaMessage(Versions = "0", Flexible = "0+")] public partial class Odd
        {
            [Field("0+", Tag = 1, Tagged = "0+")] public int A { get; init; }
            [Field("0+", Tag = 1, Tagged = "0+")] public int B { get; init; }
        }
        """)]
    [InlineData("MMW005", """
        [KafkaMessage(Versions = "0")] public partial class Odd { [Field("0")] public string? A { get; init; } }
        """)]
    [InlineData("MMW005", """
        [KafkaMessage(Versions = "0")] public partial class Odd { [Field("0", Nullable = "0")] public string A { get; init; } = ""; }
        """)]
    [InlineData("MMW006", """
        [KafkaMessage(Versions = "0")] public partial class Odd { [Field("0")] public int A { get; init; } = Environment.TickCount; }
        """)]
    [InlineData("MMW007", """
        [KafkaMessage(Versions = "0")] public partial class Odd
        {
            [Field("0")] public Node[] A { get; init; } = [];
            public partial class Node { [Field("0")] public Node[] Children { get; init; } = []; }
        }
        """)]
    [InlineData("MMW008", """
        [KafkaMessage(Versions = "0")] public partial class Odd { [Field("0")] public int A { get; } }
        """)]
    [InlineData("MMW009", """
        [KafkaMessage(Versions = "0")] public partial class Odd { [Field("0", Interned = true)] public long[] A { get; init; } = []; }
        """)]
    [InlineData("MMW010", """
        public partial class Elsewhere { [Field("0")] public int A { get; init; } }
        [KafkaMessage(Versions = "0")] public partial class Odd { [Field("0")] public Elsewhere A { get; init; } = new(); }
        """)]
    public void A_declaration_that_makes_no_sense_is_refused(string id, string declaration) =>
        Assert.Contains(id, Compile(declaration).Select(diagnostic => diagnostic.Id));

    [Fact]
    public void An_unchanged_declaration_is_not_generated_again()
    {
        var compilation = Compilation(EveryFeature);
        var driver = Driver().RunGenerators(compilation);

        var again = driver.RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("public class Unrelated;", Options)));

        var reasons = again.GetRunResult().Results[0].TrackedOutputSteps
            .SelectMany(step => step.Value)
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason);
        Assert.All(reasons, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    private static CSharpParseOptions Options => CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);

    private static List<Diagnostic> Compile(string declaration)
    {
        Driver().RunGeneratorsAndUpdateCompilation(Compilation(declaration), out var output, out var complaints);
        return [.. output.GetDiagnostics().Concat(complaints).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
    }

    private static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new MessageCodecGenerator().AsSourceGenerator()],
        parseOptions: Options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    // The codec uses internals of the product, which are open to an assembly of this name.
    private static CSharpCompilation Compilation(string declaration) => CSharpCompilation.Create(
        "Metamorph.Kafka.Tests",
        [CSharpSyntaxTree.ParseText("#nullable enable\nusing System;\nusing Metamorph.Kafka.Protocol;\nnamespace Declared;\n" + declaration, Options)],
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Append(typeof(IKafkaMessage).Assembly.Location)
            .Distinct()
            .Select(path => MetadataReference.CreateFromFile(path))],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
}
