using Metamorph.Traffic.Accounting;
using Metamorph.Traffic.Measuring;

namespace Metamorph.Traffic.Running;

/// <summary>Everything a run keeps count of, from the moment its first record is due.</summary>
internal sealed record RunBooks(RecordLedger Ledger, DeliveryMeter Meter, ReadProgress Read, RunClock Clock, ErrorCounts Errors);
