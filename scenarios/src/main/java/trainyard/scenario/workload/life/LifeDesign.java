package trainyard.scenario.workload.life;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.job.Supervision;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.StepTimes;
import trainyard.parallel.job.TrainingJob;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.faults.CommSection;
import trainyard.scenario.section.life.LifeSection;
import trainyard.scenario.section.life.RecoverySection;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Derivation;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.step.StepMetrics;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Exponential;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/** Turns the section {@code life} and the job that it is about into a simulation. */
final class LifeDesign {

    /** A horizon of more nanoseconds than this leaves no room for what follows its last event. */
    private static final double MOST_SECONDS = 50.0 * 365 * 24 * 3600;
    /** A step or a snapshot of more is a slip of the pen. */
    private static final double MOST_SECONDS_AT_ONCE = 365.0 * 24 * 3600;

    private static final double SECONDS_PER_HOUR = 3600;
    /** A hundredth of 2^63 ns: a step of fewer nodes, of slow ones or of work that is done twice may take some times as long. */
    private static final double MOST_GPU_HOURS_A_STEP = 25_000;

    private static final double SECONDS_PER_DAY = 86_400;

    private final TrainingJob job;
    private final Values section;
    private final CheckpointDesign checkpoints;
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
     * @param exposed share of a step that exchanges between nodes take which nothing hides
     */
    LifeDesign(TrainingJob job, Values section, StepTimes stepTimes, double exposed) {
        this.job = job;
        this.section = section;
        this.recovery = section.get(LifeSection.RECOVERY);
        this.stepTimes = stepTimes;
        cluster = LifeCluster.bind(job, section);
        jobNodes = cluster.ofJob();
        causes = cluster.faults().causes();
        CauseNames.check(recovery, cluster.faults());
        design = new RecoveryDesign(job, recovery, cluster);
        stepSeconds = SimTime.seconds(stepTimes.stepNanos(jobNodes.nodes()));
        requireShort("a step", stepSeconds, section.position());
        requireFewGpuHours();
        checkpoints = new CheckpointDesign(
                job,
                section.get(LifeSection.CHECKPOINT),
                design.layout(),
                cluster,
                design.policy(1).givesNodesBack(),
                stepSeconds,
                section.get(LifeSection.HORIZON),
                exposed);
        requireShort(
                "writing or loading a snapshot",
                checkpoints.longestSeconds(),
                section.get(LifeSection.CHECKPOINT).position());
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

    /** The time of all GPUs in a step is counted in whole nanoseconds. */
    private void requireFewGpuHours() {
        double hours = stepSeconds * jobNodes.nodes() * jobNodes.gpusPerNode() / SECONDS_PER_HOUR;
        if (hours > MOST_GPU_HOURS_A_STEP) {
            Position where = section.get(LifeSection.STEP_TIME).isPresent()
                    ? section.position(LifeSection.STEP_TIME)
                    : section.position();
            throw new ScenarioException(Problem.at(
                    where,
                    Problem.Kind.VALUE,
                    String.format(Locale.ROOT, "a step takes %,.0f GPU-hours of all GPUs together", hours),
                    String.format(
                            Locale.ROOT,
                            "state times that give at most %,.0f GPU-hours, or check the unit",
                            MOST_GPU_HOURS_A_STEP)));
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
        Supervision supervision =
                LifeSupervision.bind(section, times, cluster.all().nodes());
        cluster.requireFewAlarms(supervision.detector().falseAlarms(), section);
        LongJob longJob = new LongJob(
                design.layout(),
                job.batch().global(),
                section.find(LifeSection.STEPS).orElse(Long.MAX_VALUE),
                stepTimes,
                checkpoints.plan(),
                policy(),
                times,
                supervision);
        int crews = section.get(LifeSection.REPAIR_CREWS).map(Math::toIntExact).orElse(Integer.MAX_VALUE);
        return new LifeSimulation(longJob, cluster.all(), cluster.faults(), crews, SimTime.nanos(horizon));
    }

    /** Whether links of nodes or switches may be slow, not just out of use. */
    boolean slowsLinks() {
        return causes.stream()
                .anyMatch(cause -> (cause.scope() == Scope.LINK || cause.scope() == Scope.SWITCH)
                        && cause.traits().slowdown().isPresent());
    }

    /** What is the same in every replication. */
    Map<Metric, Double> metrics() {
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        if (Double.isFinite(mtbfSeconds())) {
            metrics.put(LifeMetrics.MTBF, mtbfSeconds());
        }
        metrics.put(StepMetrics.STEP_TIME, stepSeconds);
        metrics.putAll(checkpoints.metrics());
        metrics.putAll(DegradedMetrics.of(
                job,
                design.layout(),
                policy(),
                stepTimes,
                Math.toIntExact(recovery.get(RecoverySection.LOST_REPLICAS))));
        closedForm().ifPresent(ettr -> {
            metrics.put(LifeMetrics.ETTR_CLOSED_FORM, ettr);
            section.find(LifeSection.STEPS)
                    .ifPresent(steps -> metrics.put(LifeMetrics.TIME_TO_TRAIN_CLOSED_FORM, steps * stepSeconds / ettr));
        });
        return metrics;
    }

    private RecoveryPolicy policy() {
        return design.policy(SimTime.nanos(checkpoints.writeSeconds()));
    }

    /** Price of what each tier of snapshots stores. */
    Map<String, Double> storagePrices() {
        return checkpoints.prices();
    }

    /** Mean time between faults that strike at least one of the job's nodes and stop it; infinite where none does. */
    private double mtbfSeconds() {
        return 1 / cluster.faults().stopsPerSecond(jobNodes);
    }

    /**
     * The effective training time ratio of exponential explicit faults that a job survives in place: each costs detection and
     * diagnosis, which no fault interrupts, then initialisation and loading, which one may. Waits for nodes are left out.
     */
    private Optional<Double> closedForm() {
        if (!obstacles().isEmpty()) {
            return Optional.empty();
        }
        RecoveryTimes times = RecoverySection.times(recovery);
        return checkpoints.usefulShare(
                times.initialise().mean(),
                times.detectExplicit().mean() + times.diagnose().mean(),
                mtbfSeconds());
    }

    /** Why there is no closed form, as far as faults and recovery are the reason. */
    private List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        if (!cluster.faults().isPlain()) {
            obstacles.add("faults have bursts, wear, a notice, lemons or a trace");
        }
        if (!causes.stream().allMatch(cause -> cause.secondsBetween() instanceof Exponential)) {
            obstacles.add("a cause is not exponential");
        }
        if (!causes.stream().allMatch(cause -> cause.visibility() == Visibility.EXPLICIT)) {
            obstacles.add("a cause is not explicit");
        }
        if (causes.stream().anyMatch(cause -> cause.scope() == Scope.STORAGE)) {
            obstacles.add("the store may be away");
        }
        if (recovery.get(RecoverySection.POLICY) != RecoverySection.Policy.REPLACE) {
            obstacles.add("the policy is not replace");
        }
        if (recovery.get(RecoverySection.IF_STOPPED) != RecoverySection.IfStopped.WAIT) {
            obstacles.add("the job is queued again");
        }
        if (recovery.isWritten(RecoverySection.DETECTOR)
                || recovery.isWritten(RecoverySection.RESTART)
                || section.isWritten(CommSection.COMM)) {
            obstacles.add("a detector, rules of restart or comm decide about the stall");
        }
        return obstacles;
    }

    /** How a number comes about that is the same in every replication; empty where that is not known in terms. */
    Optional<Derivation> derivation(Metric metric) {
        if (metric.equals(LifeMetrics.MTBF)) {
            return Optional.of(rates());
        }
        boolean share = metric.equals(LifeMetrics.ETTR_CLOSED_FORM);
        if (share || metric.equals(LifeMetrics.TIME_TO_TRAIN_CLOSED_FORM)) {
            List<String> obstacles = new ArrayList<>(obstacles());
            obstacles.addAll(checkpoints.obstacles());
            if (!share && section.find(LifeSection.STEPS).isEmpty()) {
                obstacles.add("life.steps is not stated");
            }
            String hint = "trainyard show metrics has the formula; ask for ettr";
            return Optional.of(
                    obstacles.isEmpty()
                            ? new Derivation.None("is a product of factors, no sum of terms", hint)
                            : new Derivation.Missing(String.join(", ", obstacles), hint));
        }
        return new CheckpointTerms(checkpoints).of(metric);
    }

    /** Faults that stop the job, by cause. */
    private Derivation rates() {
        List<Derivation.Part> parts = new ArrayList<>();
        for (FaultCause cause : causes) {
            if (cause.stopsJob()) {
                parts.add(new Derivation.Part(
                        cause.name(),
                        cluster.faults().ratePerSecond(cause, jobNodes) * SECONDS_PER_DAY,
                        "1 per " + Units.format(cause.secondsBetween().mean(), Dimension.DURATION) + " and "
                                + cause.scope().name().toLowerCase(Locale.ROOT)));
            }
        }
        double rest = cluster.faults().stopsPerSecond(jobNodes) * SECONDS_PER_DAY
                - parts.stream().mapToDouble(Derivation.Part::value).sum();
        if (parts.isEmpty() || cluster.faults().replay().isPresent()) {
            parts.add(new Derivation.Part("recorded outages", rest, "of the trace"));
        }
        return new Derivation.Sum("1 / faults that stop the job", "Faults that stop the job", "per day", parts);
    }
}
