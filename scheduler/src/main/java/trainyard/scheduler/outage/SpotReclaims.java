package trainyard.scheduler.outage;

import java.util.PriorityQueue;
import java.util.Queue;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.scheduler.outage.NodeOutage.Kind;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.RandomStreams;

/** Nodes that are lent for less and taken back at any time, each by itself, with a notice; they return after some time. */
public final class SpotReclaims implements NodeOutages {

    private final long noticeNanos;
    private final ContinuousSampler[] upSeconds;
    private final ContinuousSampler[] awaySeconds;
    private final int firstNode;
    private final Queue<NodeOutage> next = new PriorityQueue<>((a, b) -> a.nanos() == b.nanos()
            ? Integer.compare(a.firstNode(), b.firstNode())
            : Long.compare(a.nanos(), b.nanos()));

    /**
     * @param firstNode first node that is lent
     * @param endNode node behind the last one
     * @param upSeconds law of the time from a node's return to its next notice
     * @param noticeNanos from the notice until the node goes, 0 or more
     * @param awaySeconds law of the time for which it is away
     * @param streams the same streams, the same reclaims
     */
    public SpotReclaims(
            int firstNode,
            int endNode,
            Distribution upSeconds,
            long noticeNanos,
            Distribution awaySeconds,
            RandomStreams streams) {
        this.firstNode = firstNode;
        this.noticeNanos = noticeNanos;
        this.upSeconds = new ContinuousSampler[endNode - firstNode];
        this.awaySeconds = new ContinuousSampler[endNode - firstNode];
        for (int i = 0; i < this.upSeconds.length; i++) {
            this.upSeconds[i] = upSeconds.sampler(streams.stream("spot-up", firstNode + i));
            this.awaySeconds[i] = awaySeconds.sampler(streams.stream("spot-away", firstNode + i));
            add(firstNode + i, 0);
        }
    }

    private void add(int node, long returnNanos) {
        double start = SimTime.seconds(returnNanos) + upSeconds[node - firstNode].sample();
        if (start < SimTime.seconds(Long.MAX_VALUE / 2)) {
            long away = SimTime.nanos(awaySeconds[node - firstNode].sample());
            next.add(NodeOutage.announced(Kind.RECLAIM, SimTime.nanos(start), node, node + 1, noticeNanos, away));
        }
    }

    @Override
    public long nextNanos() {
        return next.isEmpty() ? Long.MAX_VALUE : next.element().nanos();
    }

    @Override
    public NodeOutage take() {
        NodeOutage taken = next.remove();
        add(taken.firstNode(), taken.nanos() + taken.noticeNanos() + taken.awayNanos());
        return taken;
    }
}
