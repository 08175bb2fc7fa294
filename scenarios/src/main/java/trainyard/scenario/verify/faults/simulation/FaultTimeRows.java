package trainyard.scenario.verify.faults.simulation;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.faults.analytic.WeibullPlatform;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.FaultTimeline;
import trainyard.faults.cause.Lemons;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.record.LifeListener;
import trainyard.faults.recovery.JobRedundancy;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.Rejoin;
import trainyard.faults.recovery.StepTimes;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.Replications.Observed;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.sim.engine.SimTime;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.random.Weibull;

/**
 * Simulates the families {@code mttf}, {@code weibull}, {@code lemon} and {@code replication}: when the faults of a timeline come,
 * and how many of them a job with every node twice survives.
 *
 * <p>That no node of many fails is too rare to be counted. Nodes are independent of each other and alike, so the share of nodes
 * that have not failed is counted on the timeline of all, and taken to the power of their number.
 */
final class FaultTimeRows implements RowSimulation {

    private static final Provenance OF_THE_ROW = new Provenance(Provenance.Kind.PUBLISHED, "parameters of the row", "");
    private static final double HOUR = 3600;
    private static final double DAY = 86_400;
    private static final Pattern SURVIVAL = Pattern.compile("P_survive_(\\d{1,6})h");
    private static final Pattern ALL_NEW = Pattern.compile("P_no_failure_(\\d{1,6})h_all_new");
    private static final Pattern CONDITIONAL = Pattern.compile("conditional_survival_(\\d{1,6})_(\\d{1,6})");

    /** Lives of a component until its start no longer shows in the rate. */
    private static final double WARM_UP_LIVES = 10;

    private static final int MOST_CASES = 1_000_000;

    /** Faults of one row that are drawn at most, a matter of ten seconds; a chance of e^-x takes 11,000 x^2 of them. */
    private static final double MOST_FAULTS = 1.5e8;

    private static final double FAULTS_PER_SQUARE = 11_000;
    private static final int MOST_TIMELINES = 5_000_000;

    /** Nodes of a timeline on which the share of those that fail is counted: of a few, none might fail in all timelines. */
    private static final int LEAST_NODES = 1_000;

    /** Below it a chance is not counted over whole clusters. */
    private static final double RARE = 0.05;

    /** Any time will do, since failures are counted. */
    private static final double NODE_LIFE_SECONDS = 1e6;

    private static final double RARE_EXPONENT = 12;

    private final Replications replications;

    FaultTimeRows(Replications replications) {
        this.replications = replications;
    }

    @Override
    public Optional<SimulatedMean> simulate(String family, String name, Map<String, String> parameters) {
        RowNumbers row = new RowNumbers(parameters);
        return switch (family) {
            case "mttf" -> mttf(name, row);
            case "weibull" -> weibull(name, row);
            case "lemon" -> lemons(name, row);
            case "replication" -> replication(name, row);
            default -> Optional.empty();
        };
    }

    private Optional<SimulatedMean> mttf(String name, RowNumbers row) {
        Matcher survival = SURVIVAL.matcher(name);
        if (!name.equals("MTTF") && !survival.matches()) {
            return Optional.empty();
        }
        int nodes = row.whole("N_nodes");
        double perSecond = row.value("rf_per_node_day") / DAY;
        FaultModel model = FaultModel.of(List.of(cause(Scope.NODE, new Exponential(1 / perSecond), Damage.PROCESS)));
        if (name.equals("MTTF")) {
            return replications.mean(streams -> firstFaultSeconds(model, nodes, streams) / HOUR);
        }
        double seconds = hours(survival.group(1));
        return survival(model, nodes, seconds, nodes * perSecond * seconds);
    }

    private Optional<SimulatedMean> weibull(String name, RowNumbers row) {
        int nodes = row.whole("N");
        double mean = row.value("node_mtbf_h") * HOUR;
        WeibullPlatform platform = new WeibullPlatform(nodes, row.value("shape"), mean);
        FaultCause cause = cause(Scope.NODE, Weibull.withMean(mean, row.value("shape")), Damage.PROCESS);
        FaultModel model = FaultModel.of(List.of(cause));
        Matcher allNew = ALL_NEW.matcher(name);
        Matcher conditional = CONDITIONAL.matcher(name);
        if (allNew.matches()) {
            double seconds = hours(allNew.group(1));
            return survival(model, nodes, seconds, -Math.log(platform.survival(seconds)));
        }
        if (conditional.matches()) {
            double from = hours(conditional.group(1));
            double to = hours(conditional.group(2));
            double exponent = -Math.log(platform.survival(to));
            return survivors(model, nodes, from, to, exponent);
        }
        return switch (name) {
            case "E_min_all_new" -> replications.mean(streams -> firstFaultSeconds(model, nodes, streams) / HOUR);
            case "platform_mtbf_longrun" ->
                replications.ratio(
                        streams -> WARM_UP_LIVES * row.value("node_mtbf_h"),
                        streams -> lateFaults(model, nodes, WARM_UP_LIVES * mean, streams));
            default -> Optional.empty();
        };
    }

    /** Chance that a node is a lemon, or the rate of all as if each were one in part. */
    private Optional<SimulatedMean> lemons(String name, RowNumbers row) {
        double share = row.value("lemon_frac");
        double factor = row.value("mult");
        if (!(share >= 0 && share <= 1 && factor >= 1)) {
            return Optional.empty();
        }
        int nodes = row.whole("N");
        FaultCause cause = cause(Scope.NODE, new Exponential(DAY / row.value("rf")), Damage.PROCESS);
        FaultModel drawn = FaultModel.of(List.of(cause)).with(new Lemons(share, factor));
        return switch (name) {
            case "P_fail_24h_binomial" -> failsWithinDay(drawn, nodes);
            case "P_fail_24h" -> {
                double rate = drawn.ratePerSecond(cause, new ClusterShape(nodes, 1, 1));
                FaultCause all = cause(Scope.CLUSTER, new Exponential(1 / rate), Damage.PROCESS);
                yield failsWithinDay(FaultModel.of(List.of(all)), 1);
            }
            default -> Optional.empty();
        };
    }

    private Optional<SimulatedMean> failsWithinDay(FaultModel model, int nodes) {
        return replications.share(
                MOST_CASES, streams -> new Observed(firstFaultSeconds(model, nodes, streams) <= DAY ? 1 : 0, 1));
    }

    private Optional<SimulatedMean> replication(String name, RowNumbers row) {
        int pairs = row.whole("pairs");
        return switch (name) {
            case "MNFTI_alive_counting" ->
                replications.mean(streams -> twice(pairs).run(streams).incidents());
            case "MNFTI_all_counting" -> replications.mean(streams -> faultsUntilFatal(pairs, streams));
            default -> Optional.empty();
        };
    }

    /** That no node fails, counted over clusters, or over nodes where it is rare. */
    private Optional<SimulatedMean> survival(FaultModel model, int nodes, double seconds, double exponent) {
        return Math.exp(-exponent) < RARE
                ? survivors(model, nodes, 0, seconds, exponent)
                : replications.share(
                        MOST_CASES,
                        streams -> new Observed(firstFaultSeconds(model, nodes, streams) > seconds ? 1 : 0, 1));
    }

    /**
     * That none of the nodes fails up to a time, if none has failed up to another.
     *
     * @param exponent faults that are expected up to the later time of a node's first ones
     */
    private Optional<SimulatedMean> survivors(
            FaultModel model, int nodes, double fromSeconds, double toSeconds, double exponent) {
        if (!(FAULTS_PER_SQUARE * exponent * exponent <= MOST_FAULTS)) {
            return Optional.empty();
        }
        long from = SimTime.nanos(fromSeconds);
        long to = SimTime.nanos(toSeconds);
        int seen = Math.max(nodes, LEAST_NODES);
        return replications.power(nodes, MOST_TIMELINES, streams -> {
            FaultTimeline faults = timeline(model, seen, streams);
            BitSet failed = new BitSet();
            while (faults.nextNanos() <= from) {
                failed.set(faults.take().component());
            }
            int before = seen - failed.cardinality();
            while (faults.nextNanos() <= to) {
                failed.set(faults.take().component());
            }
            return new Observed(seen - failed.cardinality(), before);
        });
    }

    /** A job with every node twice, none of which comes back, until it can only wait. */
    private static LifeSimulation twice(int pairs) {
        // So long that it is as rare as e^-12 that a node of each pair is left.
        double pairLost = Math.sqrt(-Math.expm1(-RARE_EXPONENT / pairs));
        double horizon = -Math.log1p(-pairLost) * NODE_LIFE_SECONDS;
        LongJob job = new LongJob(
                new JobLayout(2 * pairs, 1, 1),
                1,
                Long.MAX_VALUE,
                StepTimes.constant(SimTime.nanos(1)),
                CheckpointPlan.none(),
                new JobRedundancy(JobRedundancy.Scope.NODE, Rejoin.NEVER),
                RecoveryTimes.fixed(0, 0));
        FaultCause node = new FaultCause(
                "node",
                Scope.NODE,
                new Exponential(NODE_LIFE_SECONDS),
                Visibility.EXPLICIT,
                Damage.NODE,
                new Fixed(2 * horizon),
                OF_THE_ROW);
        return new LifeSimulation(
                job, new ClusterShape(2 * pairs, 1, 1), List.of(node), 2 * pairs, SimTime.nanos(horizon));
    }

    /** Faults of all nodes, those that failed before included, up to the one after which the job can only wait. */
    private static double faultsUntilFatal(int pairs, RandomStreams streams) {
        LifeSimulation simulation = twice(pairs);
        long[] fatal = {0};
        simulation.run(streams, new LifeListener() {
            @Override
            public void onState(long nowNanos, GpuState state, long steps) {
                fatal[0] = state == GpuState.DETECT ? nowNanos : fatal[0];
            }
        });
        FaultTimeline faults = new FaultTimeline(simulation.faults(), simulation.cluster(), streams);
        int count = 0;
        while (faults.nextNanos() <= fatal[0]) {
            faults.take();
            count++;
        }
        return count;
    }

    private static FaultCause cause(Scope scope, Distribution law, Damage damage) {
        return new FaultCause("fault", scope, law, Visibility.EXPLICIT, damage, new Fixed(0), OF_THE_ROW);
    }

    private static double hours(String text) {
        return Integer.parseInt(text) * HOUR;
    }

    private static double firstFaultSeconds(FaultModel model, int nodes, RandomStreams streams) {
        return SimTime.seconds(timeline(model, nodes, streams).nextNanos());
    }

    /** Faults behind a warm-up, in as long a time as it took. */
    private static double lateFaults(FaultModel model, int nodes, double warmUpSeconds, RandomStreams streams) {
        FaultTimeline faults = timeline(model, nodes, streams);
        long from = SimTime.nanos(warmUpSeconds);
        int late = 0;
        while (faults.nextNanos() <= 2 * from) {
            late += faults.take().nanos() > from ? 1 : 0;
        }
        return late;
    }

    private static FaultTimeline timeline(FaultModel model, int nodes, RandomStreams streams) {
        return new FaultTimeline(model, new ClusterShape(nodes, 1, 1), streams);
    }
}
