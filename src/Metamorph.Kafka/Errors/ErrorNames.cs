using System.Collections.Concurrent;
using System.Text;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Kafka.Errors;

/// <summary>Kafka's own spelling of an error, as operators find it in logs: <c>NOT_LEADER_OR_FOLLOWER</c>.</summary>
public static class ErrorNames
{
    private static readonly ConcurrentDictionary<ErrorCode, string> Names = new();

    /// <summary>The name of what a broker answered; a number that has no name here is kept as one.</summary>
    public static string KafkaName(this ErrorCode code) => Names.GetOrAdd(code, Spell);

    /// <summary>The name of what went wrong; the network has the name that Kafka's clients give it.</summary>
    public static string NameOf(KafkaException failure) => failure switch
    {
        KafkaErrorException refused => refused.Code.KafkaName(),
        KafkaConnectionException => ErrorCode.NetworkException.KafkaName(),
        KafkaUnsupportedException => ErrorCode.UnsupportedVersion.KafkaName(),
        UnsupportedCompressionException => ErrorCode.UnsupportedCompressionType.KafkaName(),
        KafkaProtocolException => ErrorCode.CorruptMessage.KafkaName(),
        _ => ErrorCode.UnknownServerError.KafkaName(),
    };

    private static string Spell(ErrorCode code)
    {
        if (!Enum.IsDefined(code))
        {
            return $"ERROR_{(short)code}";
        }

        var words = new StringBuilder();
        foreach (var letter in code.ToString())
        {
            if (char.IsUpper(letter) && words.Length > 0)
            {
                words.Append('_');
            }

            words.Append(char.ToUpperInvariant(letter));
        }

        return words.ToString();
    }
}
