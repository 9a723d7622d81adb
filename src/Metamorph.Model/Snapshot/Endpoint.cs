namespace Metamorph.Model;

/// <summary>Where something listens.</summary>
public sealed record Endpoint(string Host, int Port)
{
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
