package trainyard.faults.replay;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.FaultReplay;
import trainyard.faults.cause.Visibility;
import trainyard.faults.life.LifeOutcome;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.trace.MembershipTrace;
import trainyard.faults.trace.OutageTrace;
import trainyard.sim.engine.SimTime;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.RandomStreams;

/**
 * The life of a job under a measured system while the nodes of a trace come and go. A removed node is noticed at once; the
 * step under way is lost. The life begins with the first and ends with the last event of the trace.
 *
 * @param system what was measured
 * @param trace nodes that come and go
 * @param creationSeconds from the arrival of a node until it can be used, 0 or more; those of the first moment are there
 */
public record MembershipReplay(MeasuredSystem system, MembershipTrace trace, double creationSeconds) {

    private static final Provenance OF_THE_TRACE = new Provenance(Provenance.Kind.PUBLISHED, "the trace", "");

    public MembershipReplay {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(trace, "trace");
        if (!(trace.spanSeconds() > system.restartSeconds()) || !(creationSeconds >= 0)) {
            throw new IllegalArgumentException("a replay needs a trace that is longer than a start, got "
                    + trace.spanSeconds() + " s; and nodes take some time to come, got " + creationSeconds + " s");
        }
    }

    /** One life; the streams decide only which node of the trace stands for which slot. */
    public LifeOutcome life(RandomStreams streams) {
        int nodes = trace.mostNodes();
        LongJob job = new LongJob(
                system.layout(nodes),
                system.samplesPerStep(),
                Long.MAX_VALUE,
                new MeasuredSteps(system.throughput(), system.samplesPerStep()),
                system.checkpoints(),
                system.policy(),
                RecoveryTimes.fixed(0, system.restartSeconds()));
        FaultReplay faults = new FaultReplay(
                OutageTrace.of(trace, creationSeconds), OptionalDouble.of(0), Visibility.EXPLICIT, OF_THE_TRACE);
        return new LifeSimulation(
                        job,
                        new ClusterShape(nodes, 1, 1),
                        FaultModel.of(List.of()).with(faults),
                        nodes,
                        SimTime.nanos(trace.spanSeconds()))
                .run(streams);
    }

    /** Samples a second from the first start on. */
    public double meanSamplesPerSecond(RandomStreams streams) {
        return life(streams).samples() / (trace.spanSeconds() - system.restartSeconds());
    }
}
