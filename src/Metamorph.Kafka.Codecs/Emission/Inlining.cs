namespace Metamorph.Kafka.Codecs.Emission;

/// <summary>The attributes by which generated methods steer the JIT.</summary>
internal static class Inlining
{
    private const string Services = "global::System.Runtime.CompilerServices.";

    public const string Always = $"[{Services}MethodImpl({Services}MethodImplOptions.AggressiveInlining)]";

    public const string Never = $"[{Services}MethodImpl({Services}MethodImplOptions.NoInlining)]";
}
