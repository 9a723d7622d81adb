using Metamorph.SideBySide.Stages;

namespace Metamorph.SideBySide.Stories;

/// <summary>A script of operations, the same for every stage.</summary>
public abstract class Story
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Story> All { get; } =
    [
        new ControlledStop(),
        new KillAndStart(),
        new Reassignment(),
        new ReassignmentPastADeadReplica(),
        new ThrottledReassignment(),
        new PreferredElection(),
        new FeatureUpgrade(),
        new FeaturesUnderAnOldController(),
        new TopicsComeAndGo(),
        new Unregistration(),
    ];

    /// <summary>Names its file.</summary>
    public abstract string Name { get; }

    /// <summary>The releases it is recorded on: those that the cluster is formatted with.</summary>
    public virtual IReadOnlyList<string> Releases => ["3.9.2", "4.3.1"];

    /// <summary>The broker that is watched first; it must run until the story takes another.</summary>
    public virtual int Witness => 3;

    public static Story Named(string name) => All.Single(story => story.Name == name);

    public virtual StageOptions StageOf(string release) => new() { Release = release };

    public abstract Task PlayAsync(Play play);
}
