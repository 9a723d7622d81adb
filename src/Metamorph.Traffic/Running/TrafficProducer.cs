using Metamorph.Kafka.Client;
using Metamorph.Kafka.Producing;
using Metamorph.Kafka.Routing;
using Metamorph.Traffic.Measuring;

namespace Metamorph.Traffic.Running;

/// <summary>One of a run's producers: makes the records that are due, and accounts for what becomes of them.</summary>
internal sealed class TrafficProducer : IAsyncDisposable
{
    private readonly int number;
    private readonly RunContext context;
    private readonly RunBooks books;
    private readonly KafkaClient client;
    private readonly IdempotentProducer producer;

    public TrafficProducer(int number, RunContext context, RunBooks books)
    {
        this.number = number;
        this.context = context;
        this.books = books;
        client = context.NewClient($"producer-{number}");
        var options = new ProducerOptions
        {
            Linger = context.Options.Linger,
            DeliveryTimeout = context.Options.DeliveryTimeout,
            RequestTimeout = context.Options.RequestTimeout,
        };
        producer = new IdempotentProducer(client, new TopicRouter(client, context.Options.Topic), options, Take);
    }

    public IReadOnlyDictionary<string, long> Retries => producer.Retries;

    public Task StartAsync(CancellationToken cancellationToken) => producer.StartAsync(cancellationToken);

    /// <summary>Makes the record that is due, and hands it over.</summary>
    public ValueTask SendAsync(int partition, TimeSpan due, CancellationToken abort)
    {
        var sequence = books.Ledger.Send(number, partition);
        books.Meter.Due(partition, due);
        var micros = books.Clock.UnixMicros(due);
        var payload = new RecordPayload(context.Run, number, sequence, micros);
        var record = new OutgoingRecord(partition, micros / 1000, payload.Write(context.Options.RecordBytes));
        return producer.AppendAsync(record, abort);
    }

    public Task FlushAsync(CancellationToken abort) => producer.FlushAsync(abort);

    public async ValueTask DisposeAsync()
    {
        await producer.DisposeAsync();
        await client.DisposeAsync();
    }

    private void Take(Delivery delivery)
    {
        var payload = RecordPayload.ReadTrusted(delivery.Record.Value.Span);
        var partition = delivery.Record.Partition;
        if (delivery.Error is { } error)
        {
            books.Errors.Add(error);
            books.Meter.Failed(partition);
            books.Ledger.Fail(number, partition, payload.Sequence);
        }
        else
        {
            books.Meter.Acked(partition, books.Clock.FromUnixMicros(payload.IntendedMicros), books.Clock.Now);
            books.Ledger.Ack(number, partition, payload.Sequence);
        }
    }
}
