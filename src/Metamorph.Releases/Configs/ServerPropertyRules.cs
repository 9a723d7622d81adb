using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>What a line demands of <c>server.properties</c> beyond the limits of numbers.</summary>
internal static class ServerPropertyRules
{
    private const string JmxReporter = "org.apache.kafka.common.metrics.JmxReporter";
    private static readonly ReleaseLine V30 = new(3, 0);
    private static readonly ReleaseLine V44 = new(4, 4);

    private static readonly ImmutableArray<string> ListsThatMayNotBeEmpty =
        ["controller.listener.names", "listeners", "advertised.listeners", "log.dirs", "early.start.listeners"];

    private static readonly ImmutableArray<(string Name, ReleaseLine Since, string Instead)> Deprecated =
    [
        ("log.cleaner.enable", new(4, 1), "leave the cleaner on, with log.cleaner.threads of 1 or more"),
        ("remote.log.manager.thread.pool.size", new(4, 2), "use remote.log.manager.follower.thread.pool.size"),
        ("group.coordinator.rebalance.protocols", new(4, 3), "use group.version, share.version and streams.version"),
        ("broker.id", new(4, 4), "use node.id"),
    ];

    public static IEnumerable<Finding> Judge(
        IReadOnlyDictionary<string, string> properties, ReleaseLine from, ReleaseLine to, string subject)
    {
        var asked = new Asked(properties, from, to, subject);
        return new[]
            {
                RolesAreSet(asked), IdIsSet(asked), AuthorizerExists(asked), PrincipalsCanBeForwarded(asked),
                MetricsStay(asked), TokensAreChecked("audience", asked), TokensAreChecked("issuer", asked),
            }
            .OfType<Finding>()
            .Concat(EmptyLists(asked))
            .Concat(DeprecatedKeys(asked));
    }

    private static Finding? RolesAreSet(Asked asked) =>
        asked.To >= Lines.V40 && asked.IsEmpty("process.roles")
            ? asked.Refuse(
                "config-roles-missing", "no process.roles", $"process.roles: {asked.To} does not start without it",
                asked.Has("zookeeper.connect")
                    ? "migrate to KRaft on 3.9 first"
                    : "set process.roles to broker, controller, or both")
            : null;

    private static Finding? IdIsSet(Asked asked) =>
        asked.To >= Lines.V40 && asked.IsEmpty("node.id") && asked.IsEmpty("broker.id")
            ? asked.Refuse(
                "config-id-missing", "neither node.id nor broker.id",
                $"node.id (or broker.id): {asked.To} does not make one up", "set node.id to the id in meta.properties")
            : null;

    private static Finding? AuthorizerExists(Asked asked) => asked.Value("authorizer.class.name") switch
    {
        "kafka.security.auth.SimpleAclAuthorizer" when asked.To >= V30 => asked.Refuse(
            "config-class-gone", "authorizer.class.name=kafka.security.auth.SimpleAclAuthorizer",
            "a class that exists: this one is gone since 3.0",
            "use kafka.security.authorizer.AclAuthorizer with ZooKeeper, "
            + "org.apache.kafka.metadata.authorizer.StandardAuthorizer with KRaft"),
        "kafka.security.authorizer.AclAuthorizer" when asked.To >= Lines.V40 => asked.Refuse(
            "config-class-gone", "authorizer.class.name=kafka.security.authorizer.AclAuthorizer",
            "a class that exists: this one is gone since 4.0",
            "use org.apache.kafka.metadata.authorizer.StandardAuthorizer, after the migration to KRaft"),
        _ => null,
    };

    private static Finding? PrincipalsCanBeForwarded(Asked asked) =>
        asked.From < V30 && asked.To >= V30 && asked.Value("principal.builder.class") is { Length: > 0 } builder
            ? asked.Warn(
                "config-principal-builder", $"principal.builder.class={builder}",
                "a class that implements KafkaPrincipalSerde, without which a node from 3.0 on does not start",
                "look at the class, and have it implement org.apache.kafka.common.security.auth.KafkaPrincipalSerde")
            : null;

    // Up to 3.9 the reporter was added whatever the list said, unless auto.include.jmx.reporter forbade it.
    private static Finding? MetricsStay(Asked asked) =>
        asked.From < Lines.V40 && asked.To >= Lines.V40
            && asked.Value("metric.reporters") is { } reporters
            && !Items(reporters).Contains(JmxReporter)
            && !string.Equals(asked.Value("auto.include.jmx.reporter"), "false", StringComparison.OrdinalIgnoreCase)
            ? asked.Warn(
                "config-jmx-metrics-gone", $"metric.reporters={reporters}",
                $"{JmxReporter} in the list: from 4.0 on it is not added by itself, and Kafka's JMX metrics go with it",
                $"add {JmxReporter} to metric.reporters")
            : null;

    private static Finding? TokensAreChecked(string claim, Asked asked) =>
        asked.To >= V44 && !asked.IsEmpty("sasl.oauthbearer.jwks.endpoint.url")
            && asked.IsEmpty($"sasl.oauthbearer.expected.{claim}")
            && !string.Equals(
                asked.Value($"sasl.oauthbearer.allow.unverified.{claim}"), "true", StringComparison.OrdinalIgnoreCase)
            ? asked.Refuse(
                "config-oauth-unverified", $"sasl.oauthbearer.jwks.endpoint.url without an expected {claim}",
                $"sasl.oauthbearer.expected.{claim}: {asked.To} does not start without it",
                $"set it, or sasl.oauthbearer.allow.unverified.{claim}=true to stay as lax as before")
            : null;

    private static IEnumerable<Finding> EmptyLists(Asked asked) =>
        ListsThatMayNotBeEmpty
            .Where(name => asked.To >= Lines.V42 && asked.Has(name) && asked.IsEmpty(name))
            .Select(name => asked.Refuse(
                "config-empty-list", $"{name} is set to nothing", $"at least one entry: {asked.To} rejects an empty list",
                $"give {name} a value, or remove the line"));

    private static IEnumerable<Finding> DeprecatedKeys(Asked asked) =>
        Deprecated
            .Where(key => asked.To >= key.Since && asked.Has(key.Name))
            .Select(key => asked.Note(
                "config-deprecated", $"{key.Name}={asked.Value(key.Name)}",
                $"not for long: deprecated since {key.Since}, to be removed in 5.0", key.Instead));

    private static string[] Items(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private sealed record Asked(
        IReadOnlyDictionary<string, string> Properties, ReleaseLine From, ReleaseLine To, string Subject)
    {
        public bool Has(string name) => Properties.ContainsKey(name);

        public string? Value(string name) => Properties.TryGetValue(name, out var value) ? value.Trim() : null;

        public bool IsEmpty(string name) => string.IsNullOrWhiteSpace(Value(name));

        public Finding Refuse(string code, string found, string expected, string remedy) =>
            new(FindingSeverity.Refusal, code, Subject, found, expected, remedy);

        public Finding Warn(string code, string found, string expected, string remedy) =>
            new(FindingSeverity.Warning, code, Subject, found, expected, remedy);

        public Finding Note(string code, string found, string expected, string remedy) =>
            new(FindingSeverity.Note, code, Subject, found, expected, remedy);
    }
}
