using Metamorph.Model;
using static Metamorph.Tests.Clusters;

namespace Metamorph.Execution.Tests;

/// <summary>The orchestrator dies before and after every single write to its journal. Exhaustive, not random.</summary>
public sealed class PowerLossTests
{
    [Theory]
    [InlineData("3.9.2", "4.3.1")]
    [InlineData("3.8.1", "4.1.2")]
    public void Whenever_it_dies_a_new_start_comes_to_the_same_end_and_stops_no_node_twice_for_nothing(string from, string to)
    {
        var calm = Combined(from, to);
        Assert.Equal(RunEnding.Done, calm.Run());

        foreach (var (position, before) in Enumerable.Range(1, calm.Journal.Entries.Count).SelectMany(position => new[] { (position, true), (position, false) }))
        {
            var story = Combined(from, to);
            DieAt(story, position, before);
            Assert.Throws<PowerLoss>(() => story.Run());
            (story.Journal.BeforeAppend, story.Journal.AfterAppend) = (null, null);
            story.Wait(TimeSpan.FromSeconds(position % 7));

            Assert.Equal((position, before, RunEnding.Done), (position, before, story.Run()));
            Assert.Equal((position, before, Order(calm)), (position, before, Order(story)));
            Assert.Equal(calm.Cluster.Levels, story.Cluster.Levels);
            Assert.Equal(calm.Cluster.Nodes.Select(node => node.Running), story.Cluster.Nodes.Select(node => node.Running));
        }
    }

    [Fact]
    public void Dying_again_and_again_it_still_comes_to_the_end()
    {
        var story = Combined("3.9.2", "4.3.1");
        var deaths = 0;
        RunEnding? ending = null;
        while (ending is null)
        {
            var left = 9;
            story.Journal.BeforeAppend = _ =>
            {
                if (--left == 0)
                {
                    throw new PowerLoss();
                }
            };
            try
            {
                ending = story.Run();
            }
            catch (PowerLoss)
            {
                deaths++;
            }
        }

        Assert.Equal(RunEnding.Done, ending);
        Assert.InRange(deaths, 3, 100);
        Assert.Equal([2, 3, 1], story.Cluster.Stops);
    }

    private static void DieAt(Story story, int position, bool before)
    {
        var written = 0;
        void Count()
        {
            if (++written == position)
            {
                throw new PowerLoss();
            }
        }

        if (before)
        {
            story.Journal.BeforeAppend = _ => Count();
        }
        else
        {
            story.Journal.AfterAppend = _ => Count();
        }
    }

    private static string Order(Story story) => string.Join(' ', story.Cluster.Stops.Order());

    private static Story Combined(string from, string to) => new(
        new SimulatedCluster(KafkaRelease.Parse(from), combined: [1, 2, 3]).WithTopic("orders", 2, [1, 2, 3], [2, 3, 1], [3, 1, 2]),
        KafkaRelease.Parse(to));
}
