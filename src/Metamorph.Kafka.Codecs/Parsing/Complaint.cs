using Metamorph.Kafka.Codecs.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Metamorph.Kafka.Codecs.Parsing;

/// <summary>A diagnostic that can be compared and kept between runs, because it holds no syntax.</summary>
internal sealed record Complaint(
    string Id, string Path, TextSpan Span, LinePositionSpan Lines, EquatableArray<string> Arguments)
{
    public static Complaint At(ISymbol symbol, DiagnosticDescriptor descriptor, params string[] arguments)
    {
        var location = symbol.Locations[0];
        return new Complaint(
            descriptor.Id,
            location.SourceTree?.FilePath ?? "",
            location.SourceSpan,
            location.GetLineSpan().Span,
            new EquatableArray<string>(arguments));
    }

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptors.Find(Id), Location.Create(Path, Span, Lines), [.. Arguments]);
}
