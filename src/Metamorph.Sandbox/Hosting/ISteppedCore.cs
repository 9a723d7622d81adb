namespace Metamorph.Sandbox;

/// <summary>A cluster that does nothing by itself: whoever hosts it steps it. One call at a time.</summary>
public interface ISteppedCore
{
    /// <summary>When the cluster next does something by itself; null: not before something happens to it.</summary>
    DateTimeOffset? NextTimer { get; }

    /// <summary>Lets the time come to <paramref name="now"/>, and takes the input.</summary>
    /// <returns>What the cluster does to the world outside, in its order. Valid until the next step.</returns>
    IReadOnlyList<Output> Step(DateTimeOffset now, Input input);

    /// <summary>What a listener does to whoever connects now.</summary>
    ListenerMode ModeOf(ListenerId listener);
}
