using Metamorph.Model;

namespace Metamorph.Nodes;

/// <summary>An unpacked release below the releases directory.</summary>
/// <param name="Home">Its folder, an absolute path.</param>
public sealed record InstalledRelease(KafkaRelease Release, string Home);
