package trainyard.faults.life.cluster;

import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultTimeline;
import trainyard.faults.cause.MarkStream;
import trainyard.faults.recovery.Warnings;
import trainyard.sim.engine.Timeline;

/**
 * Foretells faults that stop a job and take its nodes; what nobody notices is not foretold either. It reads a second copy of
 * the fault timeline ahead of time; whether a fault is foretold, and how many false warnings come with each of its nodes, is
 * drawn from its mark. So false warnings are as frequent as lost nodes, in proportion, and the same under every design.
 */
public final class WarningProcess {

    private final Warnings warnings;
    private final int nodes;
    private final WarningListener told;
    private final FaultReader reader;

    /**
     * @param faults a timeline of its own, equal to that which strikes
     * @param nodes nodes of the cluster
     * @param told who is warned
     */
    public WarningProcess(Timeline timeline, Warnings warnings, FaultTimeline faults, int nodes, WarningListener told) {
        this.warnings = warnings;
        this.nodes = nodes;
        this.told = told;
        reader = new FaultReader(timeline, faults, warnings.leadNanos(), this::foretell);
    }

    /** Starts at time 0. */
    public void start() {
        reader.start();
    }

    private void foretell(long nowNanos, Fault fault) {
        UniformRandomProvider draws = MarkStream.FORETOLD.of(fault.mark());
        if (fault.cause().visibility().stopsJob() && fault.damage().takesNode()) {
            boolean foretold = draws.nextDouble() < warnings.recall();
            for (int node = fault.firstNode(); node < fault.endNode(); node++) {
                if (foretold) {
                    told.onWarning(nowNanos, node, fault.nanos());
                }
                warnInVain(nowNanos, draws);
            }
        }
    }

    /** A geometric number of false warnings has the mean that recall and precision ask for. */
    private void warnInVain(long nowNanos, UniformRandomProvider draws) {
        double oneMore = warnings.falsePerNode() / (1 + warnings.falsePerNode());
        while (draws.nextDouble() < oneMore) {
            told.onWarning(nowNanos, draws.nextInt(nodes), nowNanos + warnings.leadNanos());
        }
    }
}
