package trainyard.scenario.workload.life;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.faults.life.LifeOutcome;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.phase.LifeEvents;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.scenario.workload.step.StepMetrics;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** The metrics of a long job that meets faults. */
public final class LifeMetrics {

    private static final double PERCENT = 0.01;
    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;
    private static final double MINUTE = 60;

    /** What becomes of a total where `life.steps` are not done when the life ends: it is at least what it has come to by then. */
    static final String CENSORED =
            " Of a life that does not finish its `life.steps` only a lower bound is known: it counts as"
                    + " more than any in a quantile, and leaves the mean unknown.";

    public static final Metric ETTR = share(
            "ettr",
            Better.HIGHER,
            "Effective training time ratio: useful work over the time of the GPUs that the job is made for, every wait"
                    + " included (Kokolis et al. 2024).");
    public static final Metric ETTR_CLOSED_FORM = share(
            "ettr.closed-form",
            Better.HIGHER,
            "The same for exponential faults, one level of snapshots and a fixed stall, without waits for nodes:"
                    + " W / (e^(R/M) (M + D) (e^((W + C)/M) - 1)).");
    public static final Metric GOODPUT =
            share("goodput", Better.HIGHER, "Useful work over the time of all GPUs, spares and broken nodes included.");
    public static final Metric TIME_TO_TRAIN = new Metric(
                    "time-to-train",
                    Dimension.DURATION,
                    "d",
                    DAY,
                    Bounds.NOT_NEGATIVE,
                    Better.LOWER,
                    "Time until all steps are done; needs `life.steps`. A life that is not done at the horizon has none: it counts as"
                            + " longer than any in a quantile, and leaves the mean unknown.")
            .needing("life.steps");
    public static final Metric INCIDENTS = new Metric(
            "incidents",
            Dimension.NUMBER,
            "",
            1,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Faults and false alarms that stopped the job.");
    public static final Metric MTBF = new Metric(
            "mtbf",
            Dimension.DURATION,
            "h",
            HOUR,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "Mean time between faults of the job's nodes, from the rates of the causes.");
    public static final Metric LOST_PER_INCIDENT = new Metric(
            "lost-per-incident",
            Dimension.DURATION,
            "min",
            MINUTE,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Time that an incident costs: all time of the job that goes neither into steps which it keeps nor into saves, over the"
                    + " incidents.");
    public static final Metric INTERVAL = new Metric(
            "checkpoint-interval",
            Dimension.DURATION,
            "min",
            MINUTE,
            Bounds.NOT_NEGATIVE,
            Better.NEITHER,
            "Training time between two snapshots of the first tier.");
    public static final Metric TIME_TO_TRAIN_CLOSED_FORM = new Metric(
            "time-to-train.closed-form",
            Dimension.DURATION,
            "d",
            DAY,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Mean of the same for exponential faults, one level of snapshots and a fixed stall: K e^(R/M) (M + D) (e^((W + C)/M)"
                    + " - 1) for K intervals of work W.");
    public static final Metric INTERVAL_YOUNG = interval("young", "Young's interval, sqrt(2 C M) (Young 1974).");
    public static final Metric INTERVAL_DALY =
            interval("daly", "Daly's interval, sqrt(2 C (M + R)) - C (Daly 2006, first order).");
    public static final Metric INTERVAL_OPTIMUM = interval(
            "optimum", "The interval that minimises the time for exponential faults, M (1 + W0(-e^(-C/M - 1))).");
    public static final Metric STEPS =
            new Metric("steps", Dimension.NUMBER, "", 1, Bounds.NOT_NEGATIVE, Better.HIGHER, "Steps done and kept.");
    public static final Metric SAMPLES = new Metric(
            "samples",
            Dimension.NUMBER,
            "",
            1,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "Samples that the steps done and kept were trained on.");
    public static final Metric EFFECTIVE_BATCH = new Metric(
            "effective-batch",
            Dimension.NUMBER,
            "",
            1,
            Bounds.NOT_NEGATIVE,
            Better.NEITHER,
            "Samples of a step in the mean; fewer than the global batch where replicas were missing and their samples with"
                    + " them.");
    public static final Metric COST = new Metric(
                    "cost",
                    Dimension.MONEY,
                    "USD",
                    1,
                    Bounds.NOT_NEGATIVE,
                    Better.LOWER,
                    "Price of all GPUs, spares included, to the end; needs `cost.price`." + CENSORED)
            .needing("cost.price");
    public static final Metric COST_RESTRICTED = new Metric(
                    "cost.restricted",
                    Dimension.MONEY,
                    "USD",
                    1,
                    Bounds.NOT_NEGATIVE,
                    Better.NEITHER,
                    "The same, where a life that does not finish its steps counts with what it cost until it ended: known of every"
                            + " life, and at most the cost.")
            .needing("life.steps and cost.price");

    public static final Metric COST_PER_USEFUL = new Metric(
                    "cost.per-useful-gpu-hour",
                    Dimension.MONEY_PER_GPU_TIME,
                    "USD/GPU-hour",
                    1 / HOUR,
                    Bounds.NOT_NEGATIVE,
                    Better.LOWER,
                    "Price of all GPUs, spares included, over the GPU time of useful work: what an hour of training costs once faults"
                            + " have taken their share, `cost.price` over the goodput. It is per hour, so a life that does not finish"
                            + " has one, too, unless it keeps no work.")
            .needing("cost.price");

    public static final Metric LOST_GPU_HOURS = Metrics.gpuHours(
            "lost-gpu-hours",
            Better.LOWER,
            "GPU time of the GPUs that the job is made for, less useful work." + CENSORED);
    public static final Metric FALSE_ALARMS = new Metric(
            "false-alarms",
            Dimension.NUMBER,
            "",
            1,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Incidents that were alarms without a fault; each costs a restart.");
    public static final Metric UNNOTICED = new Metric(
            "hang.unnoticed",
            Dimension.DURATION,
            "h",
            HOUR,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Time that the job stood still for faults that no detector notices, until another one made it start again.");
    public static final Metric HANGS_AT_END =
            share("hang.at-end", Better.LOWER, "Share of the lives that stand still for such a fault at the end.");
    public static final Metric STOPPED = share(
            "stopped", Better.LOWER, "Share of the lives whose job was not started again, by `recovery.restart`.");
    public static final Metric TRIES_IN_VAIN = new Metric(
            "tries-in-vain",
            Dimension.NUMBER,
            "",
            1,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Starts on nodes that turned out to be broken, where faults are not classified.");

    private static final Map<GpuState, Metric> SHARES = shares();

    private LifeMetrics() {}

    private static Metric interval(String rule, String doc) {
        return new Metric(
                "checkpoint-interval." + rule,
                Dimension.DURATION,
                "min",
                MINUTE,
                Bounds.NOT_NEGATIVE,
                Better.NEITHER,
                doc);
    }

    private static Metric share(String name, Better better, String doc) {
        return new Metric(name, Dimension.FRACTION, "%", PERCENT, Bounds.SHARE, better, doc);
    }

    private static Map<GpuState, Metric> shares() {
        Map<GpuState, Metric> shares = new EnumMap<>(GpuState.class);
        for (GpuState state : GpuState.values()) {
            String word = ChoiceType.word(state);
            Better better = state == GpuState.USEFUL ? Better.HIGHER : Better.LOWER;
            shares.put(state, share("share." + word, better, "Share of all GPU time: " + state.label() + "."));
        }
        return shares;
    }

    /** Every metric of a long job, in the order in which they are shown. */
    public static List<Metric> all() {
        List<Metric> all = new ArrayList<>(List.of(
                ETTR,
                GOODPUT,
                TIME_TO_TRAIN,
                COST,
                COST_RESTRICTED,
                COST_PER_USEFUL,
                INCIDENTS,
                MTBF,
                LOST_PER_INCIDENT,
                INTERVAL,
                STEPS,
                SAMPLES,
                EFFECTIVE_BATCH,
                ETTR_CLOSED_FORM,
                TIME_TO_TRAIN_CLOSED_FORM,
                INTERVAL_YOUNG,
                INTERVAL_DALY,
                INTERVAL_OPTIMUM,
                LOST_GPU_HOURS,
                FALSE_ALARMS,
                UNNOTICED,
                HANGS_AT_END,
                STOPPED,
                TRIES_IN_VAIN));
        all.addAll(CostRatio.all());
        all.addAll(CheckpointMetrics.all());
        all.addAll(SHARES.values());
        all.addAll(UsefulWork.all());
        all.addAll(DegradedMetrics.all());
        all.add(StepMetrics.STEP_TIME);
        all.add(StepMetrics.MEMORY_PEAK);
        return List.copyOf(all);
    }

    /** The metric of a state's share. */
    public static Metric share(GpuState state) {
        return SHARES.get(state);
    }

    /** Whether the shares of the states say where a metric comes from. */
    public static boolean explains(Metric metric) {
        return metric.equals(ETTR) || metric.equals(GOODPUT) || SHARES.containsValue(metric);
    }

    /**
     * What became of the job in numbers.
     *
     * @param ends whether the job has a last step
     */
    static Map<Metric, Double> of(LifeOutcome life, boolean ends, Optional<Double> usdPerGpuSecond) {
        Map<Metric, Double> values = new LinkedHashMap<>();
        values.put(ETTR, life.effectiveTrainingTimeRatio());
        values.put(GOODPUT, life.goodput());
        boolean finished = !ends || life.done();
        if (ends) {
            values.put(TIME_TO_TRAIN, total(life.seconds(), finished));
        }
        usdPerGpuSecond.map(price -> price * life.seconds() * life.gpus()).ifPresent(spent -> {
            values.put(COST, total(spent, finished));
            double useful = life.ledger().gpuSeconds(GpuState.USEFUL);
            values.put(COST_PER_USEFUL, useful > 0 ? spent / useful : Double.POSITIVE_INFINITY);
            if (ends) {
                values.put(COST_RESTRICTED, spent);
            }
        });
        values.put(INCIDENTS, (double) life.incidents());
        if (life.incidents() > 0) {
            values.put(LOST_PER_INCIDENT, LifeTerms.lostSeconds(life) / life.incidents());
        }
        values.put(STEPS, (double) life.steps());
        values.put(SAMPLES, (double) life.samples());
        if (life.steps() > 0) {
            values.put(EFFECTIVE_BATCH, (double) life.samples() / life.steps());
        }
        for (GpuState state : GpuState.values()) {
            values.put(share(state), life.share(state));
        }
        values.put(LOST_GPU_HOURS, total(lostGpuSeconds(life), finished));
        putEvents(values, life.events());
        return values;
    }

    /** A total to the end of the job: what it has come to is a lower bound where the job has an end and did not get there. */
    static double total(double soFar, boolean finished) {
        return finished ? soFar : Double.POSITIVE_INFINITY;
    }

    private static double lostGpuSeconds(LifeOutcome life) {
        return life.seconds() * life.jobGpus() - life.ledger().gpuSeconds(GpuState.USEFUL);
    }

    private static void putEvents(Map<Metric, Double> values, LifeEvents events) {
        values.put(FALSE_ALARMS, (double) events.falseAlarms());
        values.put(UNNOTICED, SimTime.seconds(events.unnoticedNanos()));
        values.put(HANGS_AT_END, events.hangs() ? 1.0 : 0);
        values.put(STOPPED, events.stop().isPresent() ? 1.0 : 0);
        values.put(TRIES_IN_VAIN, (double) events.triesInVain());
    }
}
