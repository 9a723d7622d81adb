using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>The keys of brokers and topics that were removed between 2.8 and 4.4.</summary>
/// <remarks>
/// Kafka never complains of a static key that it does not know: it starts, and the setting is gone. A topic override
/// that it does not know is worse: it stays stored, and the broken releases then refuse every change of that topic.
/// </remarks>
public static class RemovedConfigs
{
    private const string Quorum = "process.roles, node.id and the controller quorum";
    private const string Secrets = "KRaft keeps secrets that were set dynamically unencrypted in the metadata log";

    /// <summary>Keys of <c>server.properties</c>.</summary>
    public static ImmutableArray<RemovedConfig> OfBrokers { get; } =
    [
        .. In(new(3, 0),
            ("port", "the node binds the default listener instead", "listeners"),
            ("host.name", "the node binds the default listener instead", "listeners"),
            ("advertised.port", "the node advertises another endpoint", "advertised.listeners"),
            ("advertised.host.name", "the node advertises another endpoint", "advertised.listeners"),
            ("quota.producer.default", "the quota is gone", "a default client quota (AlterClientQuotas)"),
            ("quota.consumer.default", "the quota is gone", "a default client quota (AlterClientQuotas)")),
        .. In(new(3, 2), ("zookeeper.sync.time.ms", "", "")),
        .. In(new(3, 8), ("unstable.metadata.versions.enable", "", "unstable.feature.versions.enable")),
        .. In(new(4, 0),
            ("zookeeper.connect", "", Quorum),
            ("zookeeper.session.timeout.ms", "", Quorum),
            ("zookeeper.connection.timeout.ms", "", Quorum),
            ("zookeeper.set.acl", "", Quorum),
            ("zookeeper.max.in.flight.requests", "", Quorum),
            ("zookeeper.ssl.client.enable", "", Quorum),
            ("zookeeper.clientCnxnSocket", "", Quorum),
            ("zookeeper.ssl.keystore.location", "", Quorum),
            ("zookeeper.ssl.keystore.password", "", Quorum),
            ("zookeeper.ssl.keystore.type", "", Quorum),
            ("zookeeper.ssl.truststore.location", "", Quorum),
            ("zookeeper.ssl.truststore.password", "", Quorum),
            ("zookeeper.ssl.truststore.type", "", Quorum),
            ("zookeeper.ssl.protocol", "", Quorum),
            ("zookeeper.ssl.enabled.protocols", "", Quorum),
            ("zookeeper.ssl.cipher.suites", "", Quorum),
            ("zookeeper.ssl.endpoint.identification.algorithm", "", Quorum),
            ("zookeeper.ssl.crl.enable", "", Quorum),
            ("zookeeper.ssl.ocsp.enable", "", Quorum),
            ("zookeeper.metadata.migration.enable", "a migration that is not finalized on 3.9 can never be", ""),
            ("zookeeper.metadata.migration.min.batch.size", "", ""),
            ("inter.broker.protocol.version", "", "the finalized metadata.version"),
            ("log.message.format.version", "", ""),
            ("log.message.timestamp.difference.max.ms", "the limit no longer applies",
                "log.message.timestamp.before.max.ms and log.message.timestamp.after.max.ms"),
            ("log.message.downconversion.enable", "", ""),
            ("control.plane.listener.name", "", "controller.listener.names"),
            ("broker.id.generation.enable", "", "node.id"),
            ("reserved.broker.max.id", "", "node.id"),
            ("controlled.shutdown.max.retries", "", ""),
            ("controlled.shutdown.retry.backoff.ms", "", ""),
            ("leader.imbalance.per.broker.percentage", "", ""),
            ("password.encoder.secret", Secrets, ""),
            ("password.encoder.old.secret", Secrets, ""),
            ("password.encoder.keyfactory.algorithm", "", ""),
            ("password.encoder.cipher.algorithm", "", ""),
            ("password.encoder.key.length", "", ""),
            ("password.encoder.iterations", "", ""),
            ("delegation.token.master.key", "delegation tokens stop working", "delegation.token.secret.key"),
            ("offsets.commit.required.acks", "a commit needs every in-sync replica", ""),
            ("auto.include.jmx.reporter", "", "metric.reporters, whose default holds JmxReporter"),
            ("eligible.leader.replicas.enable", "", "the feature eligible.leader.replicas.version"),
            ("alter.config.policy.kraft.compatibility.enable",
                "an AlterConfigPolicy sees its arguments as KRaft gives them", ""),
            ("metrics.jmx.blacklist", "the filter no longer applies", "metrics.jmx.exclude"),
            ("metrics.jmx.whitelist", "the filter no longer applies", "metrics.jmx.include")),
        .. In(new(4, 1),
            ("group.coordinator.new.enable", "", ""),
            ("group.share.max.groups", "the limit no longer applies", "group.share.max.share.sessions, which counts otherwise"),
            ("share.fetch.max.fetch.records", "the limit no longer applies", ""),
            ("metadata.log.segment.min.bytes", "", "")),
        .. In(new(4, 3),
            ("group.share.enable", "", "the feature share.version"),
            ("internal.metadata.max.fetch.size.in.bytes", "", "controller.quorum.fetch.max.bytes")),
    ];

    /// <summary>Overrides of topics.</summary>
    public static ImmutableArray<RemovedConfig> OfTopics { get; } =
    [
        .. In(new(4, 0),
            ("message.format.version", "", ""),
            ("message.timestamp.difference.max.ms", "the limit no longer applies",
                "message.timestamp.before.max.ms and message.timestamp.after.max.ms"),
            ("message.downconversion.enable", "", "")),
    ];

    internal static IEnumerable<string> TopicKeys => OfTopics.Select(removed => removed.Name);

    private static IEnumerable<RemovedConfig> In(
        ReleaseLine line, params (string Name, string Loss, string Replacement)[] keys) =>
        keys.Select(key => new RemovedConfig(key.Name, line, key.Loss, key.Replacement));
}
