package trainyard.scenario.workload.sgd;

import static trainyard.scenario.workload.metric.Metrics.count;
import static trainyard.scenario.workload.metric.Metrics.seconds;
import static trainyard.scenario.workload.metric.Metrics.share;

import java.util.List;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.sim.units.Dimension;

/** The metrics of training with real gradients. */
public final class SgdMetrics {

    private static final String CENSORED =
            " A run that does not get there within the horizon has none: it counts as longer than any"
                    + " in a quantile, and leaves the mean unknown.";

    public static final Metric TIME_TO_TARGET = seconds(
                    "time-to-target", Better.LOWER, "Virtual time until the loss is at `sgd.target`." + CENSORED)
            .needing("sgd.target");
    public static final Metric TIME_TO_TARGET_RESTRICTED = seconds(
                    "time-to-target.restricted",
                    Better.LOWER,
                    "The same, where a run that does not get there counts with the horizon: known of every run.")
            .needing("sgd.target");
    public static final Metric EPOCHS_TO_TARGET = count(
                    "epochs-to-target",
                    Better.LOWER,
                    "Examples whose gradients are applied until then, over those of the training data." + CENSORED)
            .needing("sgd.target and a problem with training data");
    public static final Metric EXAMPLES_TO_TARGET = count(
                    "examples-to-target", Better.LOWER, "Examples whose gradients are applied until then." + CENSORED)
            .needing("sgd.target");
    public static final Metric UPDATES_TO_TARGET = count(
                    "updates-to-target", Better.LOWER, "Updates of the parameters until then." + CENSORED)
            .needing("sgd.target");
    public static final Metric UPDATES_TO_TARGET_CLOSED_FORM = count(
                    "updates-to-target.closed-form",
                    Better.LOWER,
                    "Rounds until the expected loss is there, of federated averaging on a `quadratic`, whose loss after any round is"
                            + " known exactly; absent elsewhere, and where clients drop out, are called off or weighted.")
            .needing("sgd.target, the rule federated and a quadratic");
    public static final Metric BYTES_TO_TARGET = new Metric(
                    "bytes-to-target",
                    Dimension.DATA,
                    "MB",
                    1e6,
                    Bounds.NOT_NEGATIVE,
                    Better.LOWER,
                    "Bytes that go over the network until then." + CENSORED)
            .needing("sgd.target");
    public static final Metric COST_TO_TARGET = new Metric(
                    "cost-to-target",
                    Dimension.MONEY,
                    "USD",
                    1,
                    Bounds.NOT_NEGATIVE,
                    Better.LOWER,
                    "Price of all workers until then." + CENSORED)
            .needing("cost.price");
    public static final Metric REACHED = share(
                    "reached", Better.HIGHER, "Share of the runs that reach the target within the horizon.")
            .needing("sgd.target");
    public static final Metric LOSS = count(
            "loss",
            Better.LOWER,
            "Loss at the end of the run, of all training examples. A run that diverged has none.");
    public static final Metric LOSS_BY_EPOCH = count(
            "loss-by-epoch",
            Better.LOWER,
            "Loss of all training examples over the examples whose gradients are applied, in epochs.");
    public static final Metric LOSS_BY_UPDATE =
            count("loss-by-update", Better.LOWER, "Loss of all training examples over the updates of the parameters.");
    public static final Metric ACCURACY =
            share("accuracy", Better.HIGHER, "Share of held-out examples that are classified right at the end.");
    public static final Metric DIVERGED = share(
            "diverged",
            Better.LOWER,
            "Share of the runs that diverged: a parameter or the loss was no number, or the loss a million times that of the start.");
    public static final Metric RATE = count(
            "learning-rate",
            Better.NEITHER,
            "The learning rate: as stated, or the best of the trial runs; with a schedule the greatest of it.");
    public static final Metric RATE_INSIDE = share(
            "learning-rate.inside",
            Better.HIGHER,
            "Whether the trial runs tried worse rates on both sides of it: 100 % or 0. Without, the rule is not to be ranked.");
    public static final Metric STALENESS = count(
            "staleness",
            Better.LOWER,
            "Updates by anyone between the read of a gradient and its own update, mean of all gradients that are applied.");
    public static final Metric UPDATE_TIME =
            seconds("update-time", Better.LOWER, "Mean time from one update to the next.");
    public static final Metric UPDATE_TIME_CLOSED_FORM = seconds(
            "update-time.closed-form",
            Better.LOWER,
            "The same by order statistics of the compute times, where exchange is free and all workers are alike (Dutta et al. 2018);"
                    + " absent where there is no closed form.");
    public static final Metric UPDATE_TIME_MEAN =
            count("update-time.relative", Better.LOWER, "`update-time` over the mean time of one gradient.");
    public static final Metric STALENESS_CLOSED_FORM = count(
            "staleness.closed-form",
            Better.LOWER,
            "Mean staleness by counting: P - 1 for any speeds, less where updates take several gradients; absent where there is no"
                    + " closed form.");
    public static final Metric RATE_LIMIT = count(
                    "learning-rate.limit",
                    Better.HIGHER,
                    "Where the loss is a quadratic with the largest curvature that all training examples together have at the"
                            + " start, greater rates diverge, if every gradient is as late as the mean: 2 sin(pi / (2 (2 tau + 1)))"
                            + " over that curvature, less with momentum; absent with Nesterov's, and of Adam, whose steps scale"
                            + " by themselves. The curvature of a network may grow along the way.")
            .needing(
                    "steps of SGD without Nesterov's momentum, a rule whose mean staleness is known, and a loss that is smooth at"
                            + " the start");
    public static final Metric CURVATURE = count(
            "curvature",
            Better.NEITHER,
            "Largest second derivative of the loss of all training examples at the start.");
    public static final Metric INTERVAL =
            seconds("update-interval", Better.LOWER, "Time from one update to the next; each by itself.");
    public static final Metric THROUGHPUT = new Metric(
            "example-rate",
            Dimension.EVENT_RATE,
            "/s",
            1,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "Examples whose gradients are applied in a second. It says nothing of how soon a target is reached.");
    public static final Metric MFU = share(
                    "mfu",
                    Better.HIGHER,
                    "Model FLOPs of the gradients that are applied, over what the GPUs of all workers could do in that time at their"
                            + " dense bf16 peak. Workers that are down count as GPUs.")
            .needing("sgd.compute.flops");
    public static final Metric WASTED = share(
            "wasted", Better.LOWER, "Examples whose gradients were computed or begun and dropped, over all that were.");
    public static final Metric BUSY =
            share("busy", Better.HIGHER, "Share of their time that workers compute, mean of all.");
    public static final Metric EXCHANGING = share(
            "exchanging",
            Better.LOWER,
            "Share of their time in which workers have nothing to compute until what is on its way is there, mean of all.");
    public static final Metric WAITING = share(
            "waiting",
            Better.LOWER,
            "Share of their time in which workers have done their part and the rule lets them wait for others, or has not drawn"
                    + " them, mean of all.");
    public static final Metric DOWN = share(
            "down",
            Better.LOWER,
            "Share of their time in which workers have failed and are not back, mean of all; with `busy`, `exchanging` and"
                    + " `waiting` 100 %.");
    public static final Metric WORKER_TIME = share(
            "worker-time",
            Better.NEITHER,
            "Share of the workers that compute, exchange, wait or are down, in the mean between two losses that are shown;"
                    + " together 100 %.");
    public static final Metric UPDATE_BYTES = new Metric(
            "update-bytes",
            Dimension.DATA,
            "MB",
            1e6,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Bytes that go over the network for an update, mean of all updates.");
    public static final Metric LOST = count(
                    "lost-gradients", Better.LOWER, "Gradients that workers computed when they failed, in a run.")
            .needing("sgd.failures");
    public static final Metric UPDATES = count("updates", Better.NEITHER, "Updates of the run.");
    public static final Metric EXAMPLES =
            count("examples", Better.NEITHER, "Examples of the run whose gradients were applied.");

    private SgdMetrics() {}

    /** Every metric, in the order in which they are shown. */
    public static List<Metric> all() {
        return List.of(
                TIME_TO_TARGET,
                TIME_TO_TARGET_RESTRICTED,
                EPOCHS_TO_TARGET,
                EXAMPLES_TO_TARGET,
                UPDATES_TO_TARGET,
                UPDATES_TO_TARGET_CLOSED_FORM,
                BYTES_TO_TARGET,
                COST_TO_TARGET,
                REACHED,
                LOSS,
                ACCURACY,
                DIVERGED,
                RATE,
                RATE_INSIDE,
                RATE_LIMIT,
                CURVATURE,
                STALENESS,
                STALENESS_CLOSED_FORM,
                UPDATE_TIME,
                UPDATE_TIME_CLOSED_FORM,
                UPDATE_TIME_MEAN,
                THROUGHPUT,
                MFU,
                WASTED,
                BUSY,
                EXCHANGING,
                WAITING,
                DOWN,
                LOST,
                UPDATE_BYTES,
                UPDATES,
                EXAMPLES);
    }
}
