using System.Text;
using Metamorph.Kafka.Codecs.Emission;
using Metamorph.Kafka.Codecs.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Metamorph.Kafka.Codecs;

/// <summary>Writes the codec of every type marked as a Kafka message. Nothing is looked up at run time.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class MessageCodecGenerator : IIncrementalGenerator
{
    private const string MessageAttribute = "Metamorph.Kafka.Protocol.KafkaMessageAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var messages = context.SyntaxProvider.ForAttributeWithMetadataName(
            MessageAttribute,
            static (node, _) => node is ClassDeclarationSyntax,
            MessageParser.Parse);

        context.RegisterSourceOutput(messages, static (output, parsed) =>
        {
            foreach (var complaint in parsed.Complaints)
            {
                output.ReportDiagnostic(complaint.ToDiagnostic());
            }

            if (parsed.Message is { } message)
            {
                output.AddSource(
                    $"{message.Namespace}.{message.Root.Name}.g.cs",
                    SourceText.From(CodecEmitter.Emit(message), Encoding.UTF8));
            }
        });

        var requests = messages
            .Select(static (parsed, _) => ApiListEmitter.RequestType(parsed.Message))
            .Where(static type => type is not null)
            .Collect();
        context.RegisterSourceOutput(requests, static (output, types) =>
        {
            if (types.Length > 0)
            {
                output.AddSource("DeclaredApis.g.cs", SourceText.From(ApiListEmitter.Emit(types!), Encoding.UTF8));
            }
        });
    }
}
