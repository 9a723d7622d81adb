using System.Text;

namespace Metamorph.Kafka.Codecs.Emission;

/// <summary>Collects lines of C#, indented by the blocks they stand in.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _depth * 4).Append(line);
        }

        _text.Append('\n');
    }

    /// <summary>Opens a block under <paramref name="heading"/>; disposing the result closes it.</summary>
    public IDisposable Block(string heading)
    {
        Line(heading);
        Line("{");
        _depth++;
        return new OpenBlock(this);
    }

    public override string ToString() => _text.ToString();

    private sealed class OpenBlock(CodeWriter code) : IDisposable
    {
        public void Dispose()
        {
            code._depth--;
            code.Line("}");
        }
    }
}
