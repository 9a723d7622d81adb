using System.Text.Json;
using System.Text.Json.Serialization;
using Metamorph.Model;

namespace Metamorph.Journal;

/// <summary>One file in <c>requests/</c>: <c>{"request":"pause","by":"kim@ops-1","at":"…"}</c>.</summary>
internal sealed record RequestFile(string Request, string By, DateTimeOffset At)
{
    public const string Extension = ".json";

    // Far more than a request needs; a larger file is none.
    private const int MaxBytes = 4096;

    public static byte[] Encode(OperatorRequest request, string by, DateTimeOffset at) =>
        JsonSerializer.SerializeToUtf8Bytes(new RequestFile(NameOf(request), by, at), RequestJson.Default.RequestFile);

    public static Content Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[MaxBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > MaxBytes ? new Content.Unreadable($"it is longer than {MaxBytes} bytes") : Parse(bytes.AsSpan(0, length));
        }
        catch (FileNotFoundException)
        {
            return new Content.Gone();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Content.Unreadable(e.Message);
        }
    }

    public static string NameOf(OperatorRequest request) => request switch
    {
        OperatorRequest.Pause => "pause",
        OperatorRequest.Resume => "resume",
        OperatorRequest.Abort => "abort",
        OperatorRequest.Approve => "approve",
        _ => throw new InvalidOperationException($"no such request: {request}"),
    };

    private static Content Parse(ReadOnlySpan<byte> json)
    {
        RequestFile? file;
        try
        {
            file = JsonSerializer.Deserialize(json, RequestJson.Default.RequestFile);
        }
        catch (JsonException e)
        {
            return new Content.Unreadable($"it is no request: {e.Message}");
        }

        foreach (var request in Enum.GetValues<OperatorRequest>())
        {
            if (file?.Request == NameOf(request))
            {
                return new Content.Asked(request, file.By);
            }
        }

        return new Content.Unreadable($"'{file?.Request}' is none of pause, resume, abort, approve");
    }

    /// <summary>What a file in <c>requests/</c> turned out to be.</summary>
    internal abstract record Content
    {
        private protected Content() { }

        public sealed record Asked(OperatorRequest Request, string By) : Content;

        public sealed record Unreadable(string Why) : Content;

        /// <summary>Removed since the directory was listed.</summary>
        public sealed record Gone : Content;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RequestFile))]
internal sealed partial class RequestJson : JsonSerializerContext;
