namespace Metamorph.Model;

/// <summary>One thing that preflight found, with what was compared and what to do about it.</summary>
/// <param name="Code">A stable name for scripts: <c>rf1-topic</c>, <c>java-too-old</c>.</param>
/// <param name="Subject">What it is about: a node, a topic, a file.</param>
/// <param name="Found">What is there.</param>
/// <param name="Expected">What should be.</param>
/// <param name="Remedy">What the operator can do; empty for a note that needs nothing.</param>
public sealed record Finding(
    FindingSeverity Severity, string Code, string Subject, string Found, string Expected, string Remedy);

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>The upgrade can go on; the operator should look first.</summary>
    Warning,

    /// <summary>The upgrade must not start.</summary>
    Refusal,
}
