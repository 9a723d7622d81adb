using System.IO.Compression;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

namespace Metamorph.Nodes.Tests;

/// <summary>Releases that look like Kafka from outside: scripts, jars, and a process called java that holds the jars open.</summary>
internal static class FakeDist
{
    /// <summary>Writes <c>kafka_2.13-VERSION</c> into <paramref name="releases"/>.</summary>
    public static string Write(string releases, string version)
    {
        var home = Path.Combine(releases, $"kafka_2.13-{version}");
        Directory.CreateDirectory(Path.Combine(home, "bin"));
        Directory.CreateDirectory(Path.Combine(home, "libs"));
        Script("kafka-server-start.sh", """exec "$(dirname "$0")/kafka-run-class.sh" kafka.Kafka "$@" """);
        Script(
            "kafka-run-class.sh",
            """
            base=$(dirname "$0")/..
            echo "starting in $(pwd) with LOG_DIR=$LOG_DIR"
            if [ "$FAKE_DIES" ]; then echo "java.lang.IllegalStateException: fake"; exit 3; fi
            if [ "$FAKE_WRAPS" ]; then bash -c 'exec -a java perl "$@"' x "$base/bin/node.pl" "$base/libs" "$@"; exit; fi
            exec -a java perl "$base/bin/node.pl" "$base/libs" "$@"
            """);
        File.WriteAllText(
            Path.Combine(home, "bin", "node.pl"),
            """
            # node.pl LIBS kafka.Kafka CONFIG
            use POSIX qw(strftime);
            alarm 120; # whatever happens to the test
            $| = 1;
            my $libs = shift;
            my @open = map { open(my $jar, '<', $_) or die $!; $jar } glob("$libs/*.jar");
            my $stop = 0;
            $SIG{TERM} = sub { print "asked to stop\n"; $stop = 1 };
            $SIG{INT} = sub { print "interrupted\n" };
            my $now = strftime('%Y-%m-%d %H:%M:%S', localtime);
            if ($ENV{FAKE_EPOCH}) {
                print "[$now,123] INFO [BrokerLifecycleManager id=$ENV{FAKE_ID}] ",
                    "Successfully registered broker $ENV{FAKE_ID} with broker epoch $ENV{FAKE_EPOCH} (kafka.server)\n";
            }
            print "ready\n";
            until ($stop && (!$ENV{FAKE_STAYS} || -e $ENV{FAKE_STAYS})) { select(undef, undef, undef, 0.01) }
            print "stopped\n";
            """);
        foreach (var jar in new[] { $"kafka-clients-{version}.jar", $"kafka_2.13-{version}.jar", "slf4j-api-1.7.36.jar" })
        {
            Jar(Path.Combine(home, "libs", jar));
        }

        return home;

        void Script(string name, string body)
        {
            var path = Path.Combine(home, "bin", name);
            File.WriteAllText(path, $"#!/bin/bash\n{body}\n");
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        }
    }

    private static void Jar(string path)
    {
        using var jar = ZipFile.Open(path, ZipArchiveMode.Create);
        using var entry = new StreamWriter(jar.CreateEntry("META-INF/MANIFEST.MF").Open());
        entry.Write("Manifest-Version: 1.0\n");
    }
}
