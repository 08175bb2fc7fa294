package trainyard.scenario.workload.life;

import java.util.List;
import java.util.Locale;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultModel;
import trainyard.parallel.job.TrainingJob;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.faults.CommSection;
import trainyard.scenario.section.faults.FaultsSection;
import trainyard.scenario.section.life.LifeSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.topology.LeafNodes;

/**
 * The cluster of a long job and what goes wrong in it.
 *
 * @param ofJob the nodes of the job alone
 * @param all these and the spares
 * @param faults what goes wrong
 */
record LifeCluster(ClusterShape ofJob, ClusterShape all, FaultModel faults) {

    private static final double SECONDS_PER_DAY = 86_400;

    /** Faults of one life, so that it takes seconds. */
    private static final double MOST_FAULTS = 2_000_000;

    /**
     * @param section {@code life}
     * @throws ScenarioException if a trace has too few nodes or is too short
     */
    static LifeCluster bind(TrainingJob job, Values section) {
        int gpusPerNode = job.cluster().node().gpus();
        int nodes = (job.plan().gpus() + gpusPerNode - 1) / gpusPerNode;
        ClusterShape ofJob = new ClusterShape(
                nodes,
                gpusPerNode,
                Math.toIntExact(section.get(LifeSection.NODES_PER_RACK)),
                Math.max(1, job.cluster().node().nics()),
                section.get(LifeSection.NODES_PER_SWITCH)
                        .map(Math::toIntExact)
                        .orElseGet(() -> LeafNodes.of(job.cluster())),
                Math.toIntExact(section.get(LifeSection.RACKS_PER_POWER_UNIT)));
        ClusterShape all = ofJob.withNodes(nodes + Math.toIntExact(section.get(LifeSection.SPARES)));
        FaultModel stated = FaultsSection.bind(section.get(FaultsSection.FAULTS));
        FaultModel faults = section.find(CommSection.COMM)
                .map(comm -> CommSection.withFallback(
                        comm, stated, job.cluster().node().nicBytesPerSecond()))
                .orElse(stated);
        requireTraceCovers(faults, all.nodes(), section);
        requireFewFaults(faults, all, section);
        return new LifeCluster(ofJob, all, faults);
    }

    private static void requireFewFaults(FaultModel faults, ClusterShape all, Values section) {
        double expected = section.get(LifeSection.HORIZON) * faults.mostFaultsPerSecond(all);
        if (expected > MOST_FAULTS) {
            throw new ScenarioException(Problem.at(
                    section.position(LifeSection.HORIZON),
                    Problem.Kind.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "%.3g faults can be expected before the horizon, lemons and bursts included; more than %.0f",
                            expected,
                            MOST_FAULTS),
                    "shorten the horizon, or raise the mean times between faults"));
        }
    }

    /** What a detector takes for faults costs as much as faults do. */
    void requireFewAlarms(List<FaultCause> alarms, Values section) {
        double expected =
                section.get(LifeSection.HORIZON) * FaultModel.of(alarms).mostFaultsPerSecond(all);
        if (expected > MOST_FAULTS) {
            throw new ScenarioException(Problem.at(
                    section.position(LifeSection.HORIZON),
                    Problem.Kind.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "%.3g false alarms can be expected before the horizon; more than %.0f",
                            expected,
                            MOST_FAULTS),
                    "shorten the horizon, or let the detector wait longer"));
        }
    }

    private static void requireTraceCovers(FaultModel faults, int nodes, Values section) {
        faults.replay().ifPresent(trace -> {
            if (trace.nodes() < nodes) {
                throw problem(
                        section,
                        "the trace has " + trace.nodes() + " nodes, job and spares have " + nodes,
                        "choose a smaller job or another trace");
            }
            if (trace.secondsFromStart() < section.get(LifeSection.HORIZON)) {
                throw problem(
                        section,
                        String.format(
                                Locale.ROOT,
                                "the trace ends %.4g days after the start, before the horizon",
                                trace.secondsFromStart() / SECONDS_PER_DAY),
                        "shorten the horizon, write start: auto to go round, or the length of a record of outages that"
                                + " covers more");
            }
        });
    }

    private static ScenarioException problem(Values section, String message, String hint) {
        Values faults = section.get(FaultsSection.FAULTS);
        return new ScenarioException(
                Problem.at(faults.position(FaultsSection.TRACE), Problem.Kind.PLAN, message, hint));
    }
}
