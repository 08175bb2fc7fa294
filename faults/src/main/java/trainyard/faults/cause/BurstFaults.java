package trainyard.faults.cause;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;

/**
 * Faults that come by themselves and those that they set off. The components that follow are found by the gaps between
 * them, which are geometric (Devroye 1986, chapter X.2), so the cost grows with the faults, not with the components.
 */
final class BurstFaults implements CauseFaults {

    private final CauseFaults triggers;
    private final FaultCause cause;
    private final Burst burst;
    private final ClusterShape cluster;
    private final FaultDraws draws;
    private final UniformRandomProvider who;
    private final UniformRandomProvider when;
    private final PriorityQueue<Follower> followers =
            new PriorityQueue<>(Comparator.comparingLong(Follower::nanos).thenComparingLong(Follower::number));
    private long number;

    private record Follower(long nanos, int component, long number) {}

    BurstFaults(CauseFaults triggers, FaultCause cause, Burst burst, ClusterShape cluster, RandomStreams streams) {
        this.triggers = triggers;
        this.cause = cause;
        this.burst = burst;
        this.cluster = cluster;
        String process = cause.name() + "/burst";
        draws = new FaultDraws(cause, cluster, streams, process);
        who = streams.stream(process + "/who");
        when = streams.stream(process + "/when");
    }

    @Override
    public long nextNanos() {
        return followers.isEmpty()
                ? triggers.nextNanos()
                : Math.min(triggers.nextNanos(), followers.peek().nanos());
    }

    @Override
    public Fault take() {
        if (!followers.isEmpty() && followers.peek().nanos() < triggers.nextNanos()) {
            Follower next = followers.remove();
            return draws.fault(next.nanos, next.component);
        }
        Fault trigger = triggers.take();
        setOff(trigger);
        return trigger;
    }

    private void setOff(Fault trigger) {
        Scope domain = burst.domain();
        int place = trigger.firstNode() / domain.endNode(0, cluster);
        int from = cause.scope().firstComponent(domain.firstNode(place, cluster), cluster);
        int end = cause.scope().firstComponent(domain.endNode(place, cluster), cluster);
        for (long component = from + skip(); component < end; component += 1 + skip()) {
            if (component != trigger.component()) {
                long wait = SimTime.nanos(burst.windowSeconds() * when.nextDouble());
                followers.add(new Follower(trigger.nanos() + wait, (int) component, number++));
            }
        }
    }

    /** Components that do not follow before the next one that does. */
    private long skip() {
        return burst.probability() == 1
                ? 0
                : (long) (StrictMath.log(1 - who.nextDouble()) / StrictMath.log1p(-burst.probability()));
    }
}
