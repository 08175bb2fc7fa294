package trainyard.scenario.workload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import trainyard.faults.analytic.CheckpointInterval;
import trainyard.faults.analytic.SegmentTime;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.LongJob;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.StepTimes;
import trainyard.parallel.job.TrainingJob;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.CheckpointSection;
import trainyard.scenario.section.CheckpointSection.Mode;
import trainyard.scenario.section.LifeSection;
import trainyard.scenario.section.RecoverySection;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Exponential;

/** Turns the section {@code life} and the job that it is about into a simulation. */
final class LifeDesign {

    /** A horizon of more nanoseconds than this leaves no room for what follows its last event. */
    private static final double MOST_SECONDS = 50.0 * 365 * 24 * 3600;
    /** A step or a snapshot of more is a slip of the pen. */
    private static final double MOST_SECONDS_AT_ONCE = 365.0 * 24 * 3600;

    /** A snapshot that stalls nothing has no best interval, so it is taken to stall this long. */
    private static final double SHORTEST_STALL_SECONDS = 1e-3;

    private final TrainingJob job;
    private final Values section;
    private final Values checkpoint;
    private final Values recovery;
    private final StepTimes stepTimes;
    private final ClusterShape jobNodes;
    private final LifeCluster cluster;
    private final List<FaultCause> causes;
    private final RecoveryDesign design;
    private final double stepSeconds;

    /**
     * @param job what is trained
     * @param section {@code life}
     * @param stepTimes what a step takes on a number of nodes
     */
    LifeDesign(TrainingJob job, Values section, StepTimes stepTimes) {
        this.job = job;
        this.section = section;
        this.checkpoint = section.get(LifeSection.CHECKPOINT);
        this.recovery = section.get(LifeSection.RECOVERY);
        this.stepTimes = stepTimes;
        cluster = LifeCluster.bind(job, section);
        jobNodes = cluster.ofJob();
        causes = cluster.faults().causes();
        design = new RecoveryDesign(job, recovery, cluster);
        stepSeconds = SimTime.seconds(stepTimes.stepNanos(jobNodes.nodes()));
        requireShort("a step", stepSeconds, section.position());
        requireShort("writing a snapshot", Math.max(stallSeconds(), writeSeconds()), checkpoint.position());
        requireShort("loading a snapshot", restoreSeconds(), checkpoint.position());
    }

    private static void requireShort(String what, double seconds, Position position) {
        if (seconds > MOST_SECONDS_AT_ONCE) {
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.VALUE,
                    String.format(Locale.ROOT, "%s takes %.3g years", what, seconds / MOST_SECONDS_AT_ONCE),
                    "state times and rates that give a year at most"));
        }
    }

    /**
     * The job in its cluster.
     *
     * @throws ScenarioException if the horizon is too long or the interval is stated twice
     */
    LifeSimulation simulation() {
        double horizon = section.get(LifeSection.HORIZON);
        if (horizon > MOST_SECONDS) {
            throw new ScenarioException(Problem.at(
                    section.position(LifeSection.HORIZON),
                    Problem.Kind.VALUE,
                    "the horizon is out of range",
                    "write at most 50 years"));
        }
        RecoveryTimes times = RecoverySection.times(recovery);
        LongJob longJob = new LongJob(
                design.layout(),
                job.batch().global(),
                section.find(LifeSection.STEPS).orElse(Long.MAX_VALUE),
                stepTimes,
                new CheckpointPlan(intervalSteps(), List.of(level())),
                policy(),
                times,
                LifeSupervision.bind(section, times, cluster.all().nodes()));
        int crews = section.get(LifeSection.REPAIR_CREWS).map(Math::toIntExact).orElse(Integer.MAX_VALUE);
        return new LifeSimulation(longJob, cluster.all(), cluster.faults(), crews, SimTime.nanos(horizon));
    }

    /** What is the same in every replication. */
    Map<Metric, Double> metrics() {
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(LifeMetrics.MTBF, mtbfSeconds());
        metrics.put(LifeMetrics.INTERVAL, intervalSteps() * stepSeconds);
        metrics.put(StepMetrics.STEP_TIME, stepSeconds);
        double stall = Math.max(stallSeconds(), SHORTEST_STALL_SECONDS);
        metrics.put(LifeMetrics.INTERVAL_YOUNG, CheckpointInterval.youngSeconds(stall, mtbfSeconds()));
        metrics.put(
                LifeMetrics.INTERVAL_DALY,
                CheckpointInterval.dalyFirstOrderSeconds(stall, mtbfSeconds(), restoreSeconds()));
        metrics.put(LifeMetrics.INTERVAL_OPTIMUM, CheckpointInterval.exactSeconds(stall, mtbfSeconds()));
        metrics.putAll(DegradedMetrics.of(
                job,
                design.layout(),
                policy(),
                stepTimes,
                Math.toIntExact(recovery.get(RecoverySection.LOST_REPLICAS))));
        closedForm().ifPresent(ettr -> metrics.put(LifeMetrics.ETTR_CLOSED_FORM, ettr));
        return metrics;
    }

    private RecoveryPolicy policy() {
        return design.policy(SimTime.nanos(writeSeconds()));
    }

    /** Mean time between faults that strike at least one of the job's nodes. */
    private double mtbfSeconds() {
        return 1 / cluster.faults().stopsPerSecond(jobNodes);
    }

    private CheckpointLevel level() {
        boolean sync = checkpoint.get(CheckpointSection.MODE) == Mode.SYNC;
        return new CheckpointLevel(
                "storage",
                1,
                SimTime.nanos(stallSeconds()),
                sync ? 0 : SimTime.nanos(writeSeconds()),
                SimTime.nanos(restoreSeconds()),
                checkpoint.get(CheckpointSection.SURVIVES));
    }

    /** What one snapshot holds the job up. */
    private double stallSeconds() {
        return checkpoint.get(CheckpointSection.MODE) == Mode.SYNC
                ? writeSeconds()
                : checkpoint.get(CheckpointSection.STALL);
    }

    private double writeSeconds() {
        return checkpoint.find(CheckpointSection.WRITE).orElseGet(this::transferSeconds);
    }

    private double restoreSeconds() {
        return checkpoint.find(CheckpointSection.RESTORE).orElseGet(this::transferSeconds);
    }

    private double transferSeconds() {
        return job.model().parameters()
                * checkpoint.get(CheckpointSection.BYTES_PER_PARAMETER)
                / checkpoint.get(CheckpointSection.BANDWIDTH);
    }

    private long intervalSteps() {
        Optional<Long> steps = checkpoint.find(CheckpointSection.INTERVAL_STEPS);
        Optional<Double> stated = checkpoint.get(CheckpointSection.INTERVAL);
        if (steps.isPresent() && stated.isPresent()) {
            throw new ScenarioException(Problem.at(
                    checkpoint.position(CheckpointSection.INTERVAL_STEPS),
                    Problem.Kind.PLAN,
                    "the interval is stated in steps and as a time",
                    "leave one of them out"));
        }
        long interval =
                steps.orElseGet(() -> Math.max(1, Math.round(stated.orElseGet(this::bestInterval) / stepSeconds)));
        // No snapshot is taken within the horizon either way.
        return Math.min(interval, (long) (section.get(LifeSection.HORIZON) / stepSeconds) + 1);
    }

    private double bestInterval() {
        double stall = Math.max(stallSeconds(), SHORTEST_STALL_SECONDS);
        return switch (checkpoint.get(CheckpointSection.RULE)) {
            case YOUNG -> CheckpointInterval.youngSeconds(stall, mtbfSeconds());
            case DALY -> CheckpointInterval.dalyFirstOrderSeconds(stall, mtbfSeconds(), restoreSeconds());
            case OPTIMUM -> CheckpointInterval.exactSeconds(stall, mtbfSeconds());
        };
    }

    /**
     * The effective training time ratio of exponential explicit faults that a job survives in place: each costs detection and
     * diagnosis, which no fault interrupts, then initialisation and loading, which one may. Waits for nodes are left out.
     */
    private Optional<Double> closedForm() {
        boolean memoryless = cluster.faults().isPlain()
                && causes.stream()
                        .allMatch(cause -> cause.secondsBetween() instanceof Exponential
                                && cause.visibility() == Visibility.EXPLICIT);
        boolean inPlace = recovery.get(RecoverySection.POLICY) == RecoverySection.Policy.REPLACE;
        boolean stated = !recovery.isWritten(RecoverySection.DETECTOR)
                && !recovery.isWritten(RecoverySection.RESTART)
                && !section.isWritten(LifeSection.COMM);
        if (!memoryless || !inPlace || !stated || checkpoint.get(CheckpointSection.MODE) != Mode.SYNC) {
            return Optional.empty();
        }
        RecoveryTimes times = RecoverySection.times(recovery);
        double work = intervalSteps() * stepSeconds;
        SegmentTime segment = new SegmentTime(
                work,
                writeSeconds(),
                times.initialise().mean() + restoreSeconds(),
                times.detectExplicit().mean() + times.diagnose().mean(),
                mtbfSeconds());
        return Optional.of(work / segment.expectedSeconds());
    }
}
