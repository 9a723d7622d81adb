using Metamorph.Model;

namespace Metamorph.Nodes;

/// <summary>Something that a release's folder lacks.</summary>
internal sealed record ReleaseFault(string Found, string Expected);

/// <summary>Judges whether an unpacked release is whole enough to start a node from.</summary>
internal static class ReleaseContents
{
    private static readonly string[] Scripts = ["kafka-server-start.sh", "kafka-run-class.sh"];

    public static IEnumerable<ReleaseFault> Faults(string home, KafkaRelease release) =>
        [.. Scripts.Select(script => ScriptFault(Path.Combine(home, "bin", script))).OfType<ReleaseFault>(),
            .. JarFaults(Path.Combine(home, "libs"), release)];

    private static ReleaseFault? ScriptFault(string script)
    {
        const string Expected = "an executable script";
        return !File.Exists(script) ? new ReleaseFault($"{script} is not there", Expected)
            : !Libc.MayExecute(script) ? new ReleaseFault($"{script} is not executable", Expected)
            : null;
    }

    private static List<ReleaseFault> JarFaults(string libs, KafkaRelease release)
    {
        if (!Directory.Exists(libs))
        {
            return [new ReleaseFault($"{libs} is not there", "a folder of jars")];
        }

        var jars = Directory.GetFiles(libs, "*.jar").Order(StringComparer.Ordinal).ToArray();
        var faults = new List<ReleaseFault>();
        var clients = Path.Combine(libs, $"kafka-clients-{release}.jar");
        if (!jars.Contains(clients))
        {
            faults.Add(new ReleaseFault($"{clients} is not there", "the jars of the release"));
        }

        var inLibs = ReleaseJars.ReleaseOf(jars, $"the jars of {libs}");
        if (!inLibs.IsKnown || inLibs.Value != release)
        {
            faults.Add(new ReleaseFault(
                inLibs.IsKnown ? $"the jars of {libs} are of {inLibs}" : inLibs.Why!,
                $"kafka_2.13-{release}.jar or kafka-server-{release}.jar"));
        }

        faults.AddRange(jars
            .Select(jar => (Jar: jar, Fault: JarFile.Fault(jar)))
            .Where(judged => judged.Fault is not null)
            .Select(judged => new ReleaseFault($"{judged.Jar} {judged.Fault}", "a whole jar")));
        return faults;
    }
}
