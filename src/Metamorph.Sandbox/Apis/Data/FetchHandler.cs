using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Reads records for consumers, and waits for them where there are none (<c>ReplicaManager.fetchMessages</c>).</summary>
/// <remarks>No fetch sessions (KIP-227): the answer has session 0, and every client then asks for all it wants each time.</remarks>
internal sealed class FetchHandler : ApiHandler<FetchRequest, FetchResponse>
{
    protected override void Handle(FetchRequest request, Call<FetchResponse> call, World world)
    {
        if (request.SessionId != 0)
        {
            call.Answer(new FetchResponse { ErrorCode = ErrorCode.FetchSessionIdNotFound });
            return;
        }

        var first = new FetchRead(request, call, world);
        var (response, isEnough) = first.Read();
        if (isEnough || request.MaxWaitMs <= 0)
        {
            call.Answer(response);
        }
        else
        {
            Wait(first, request, call, world);
        }
    }

    private static void Wait(FetchRead read, FetchRequest request, Call<FetchResponse> call, World world)
    {
        ReplicationEngine.Watch? watch = null;
        CoreTimer? patience = null;
        watch = world.Replication.WatchFor(call.Node, read.Watched, () => Look(isLast: false));
        patience = world.After(TimeSpan.FromMilliseconds(request.MaxWaitMs), () => Look(isLast: true));

        void Look(bool isLast)
        {
            if (!call.IsOpen)
            {
                Forget();
                return;
            }

            var (response, isEnough) = read.Read();
            if (isLast || isEnough)
            {
                Forget();
                call.Answer(response);
            }
        }

        void Forget()
        {
            patience?.Cancel();
            world.Replication.Forget(watch!);
        }
    }
}
