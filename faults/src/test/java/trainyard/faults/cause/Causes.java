package trainyard.faults.cause;

import java.util.ArrayList;
import java.util.List;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

/** Causes and timelines for tests. */
final class Causes {

    static final Provenance MADE_UP = new Provenance(Provenance.Kind.ASSUMED, "a test", "");
    static final double HOUR = 3600;

    private Causes() {}

    static FaultCause of(String name, Scope scope, Distribution law) {
        return new FaultCause(name, scope, law, Visibility.EXPLICIT, Damage.NODE, new Fixed(HOUR), MADE_UP);
    }

    static List<Fault> until(double seconds, FaultModel model, ClusterShape cluster, RandomStreams streams) {
        FaultTimeline timeline = new FaultTimeline(model, cluster, streams);
        List<Fault> faults = new ArrayList<>();
        while (timeline.nextNanos() <= seconds * 1e9) {
            faults.add(timeline.take());
        }
        return faults;
    }
}
