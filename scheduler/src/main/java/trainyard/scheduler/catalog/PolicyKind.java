package trainyard.scheduler.catalog;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import trainyard.scheduler.policy.PreemptiveOrder;
import trainyard.scheduler.policy.QueueOrder;
import trainyard.scheduler.policy.QueueOrder.Overtaking;
import trainyard.scheduler.policy.SchedulingPolicy;

/** Every policy that a scenario can name. */
public enum PolicyKind {
    /** First in, first out. */
    FIFO("fifo", "in order of arrival; the head blocks all behind it", queue(QueueOrder.Key.ARRIVAL, false)),
    /** First in, first out, with overtaking. */
    FIFO_FIT_FIRST(
            "fifo-fit-first",
            "in order of arrival, whatever fits starts; wide jobs may starve",
            queue(QueueOrder.Key.ARRIVAL, true)),
    /** Shortest job first. */
    SJF("sjf", "shortest stated run time first; the head blocks all behind it", queue(QueueOrder.Key.STATED_TIME, false)),
    /** Shortest job first, with overtaking. */
    SJF_FIT_FIRST(
            "sjf-fit-first",
            "shortest stated run time first, whatever fits starts",
            queue(QueueOrder.Key.STATED_TIME, true)),
    /** Fewest GPUs first. */
    NARROW_FIRST(
            "narrow-first", "fewest GPUs first; the head blocks all behind it", queue(QueueOrder.Key.SIZE, false)),
    /** Fewest GPUs first, with overtaking. */
    NARROW_FIRST_FIT_FIRST(
            "narrow-first-fit-first", "fewest GPUs first, whatever fits starts", queue(QueueOrder.Key.SIZE, true)),
    /** Quasi-shortest service first. */
    QSSF(
            "qssf",
            "least forecast GPU time first; the head blocks all behind it",
            queue(QueueOrder.Key.FORECAST_SERVICE, false)),
    /** Quasi-shortest service first, with overtaking. */
    QSSF_FIT_FIRST(
            "qssf-fit-first",
            "least forecast GPU time first, whatever fits starts",
            queue(QueueOrder.Key.FORECAST_SERVICE, true)),
    /** Shortest remaining time first. */
    SRTF("srtf", "least time left first, others are preempted", preemptive(PreemptiveOrder.Key.REMAINING_TIME)),
    /** Shortest remaining service first. */
    SRSF(
            "srsf",
            "least time left times GPUs first, others are preempted",
            preemptive(PreemptiveOrder.Key.REMAINING_SERVICE)),
    /** Smallest first, with preemption. */
    SMALLEST_FIRST(
            "smallest-first", "fewest GPUs first, others are preempted", preemptive(PreemptiveOrder.Key.SIZE));

    private final String word;
    private final String sentence;
    private final Function<PolicyOptions, SchedulingPolicy> maker;

    PolicyKind(String word, String sentence, Function<PolicyOptions, SchedulingPolicy> maker) {
        this.word = word;
        this.sentence = sentence;
        this.maker = maker;
    }

    private static Function<PolicyOptions, SchedulingPolicy> queue(QueueOrder.Key key, boolean overtakes) {
        return options -> new QueueOrder(key, overtakes ? Overtaking.WHATEVER_FITS : Overtaking.NONE);
    }

    private static Function<PolicyOptions, SchedulingPolicy> preemptive(PreemptiveOrder.Key key) {
        return options -> new PreemptiveOrder(key);
    }

    /** The name in scenarios and reports, such as {@code fifo}. */
    public String word() {
        return word;
    }

    /** Who runs, in one sentence for references. */
    public String sentence() {
        return sentence;
    }

    /** A policy for one run. */
    public SchedulingPolicy make(PolicyOptions options) {
        return maker.apply(Objects.requireNonNull(options, "options"));
    }

    /** The policy of a name, if there is one. */
    public static Optional<PolicyKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
