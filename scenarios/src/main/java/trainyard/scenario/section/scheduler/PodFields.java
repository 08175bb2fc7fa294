package trainyard.scenario.section.scheduler;

import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.policy.PodRules;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** Keys of {@code scheduler} that say how jobs are placed pod by pod. */
public final class PodFields {

    public static final Field<Long> GPUS = Field.of(
                    "pod-gpus",
                    IntegerType.of("GPUs", 1, 1_000_000),
                    "GPUs of a pod; the last one of a job has the rest.")
            .orElse("1 GPU")
            .only(Use.with("policy", "pod-by-pod"));
    public static final Field<Double> TIMEOUT = Field.of(
                    "pod-timeout",
                    QuantityType.of(Dimension.DURATION),
                    "Time after which a job that holds only some of its GPUs gives them back; 0 s: never.")
            .orElse("0 s")
            .only(Use.with("policy", "pod-by-pod"));
    public static final Field<Double> BACKOFF = Field.of(
                    "pod-backoff",
                    QuantityType.positive(Dimension.DURATION),
                    "Time for which such a job then asks for nothing, an hour at most; it doubles each time. The default is"
                            + " Kubernetes' `podMaxBackoffSeconds`.")
            .orElse("10 s")
            .only(Use.with("policy", "pod-by-pod"));
    public static final Field<PodRules.Order> ORDER = Field.of(
                    "pod-order",
                    ChoiceType.of("order", PodRules.Order.class),
                    "Whose pod is placed next: one of each job in `turn`, or all of the job of the highest `priority` first.")
            .orElse("turn")
            .only(Use.with("policy", "pod-by-pod"));
    public static final Field<Double> RETRY = Field.of(
                    "pod-retry",
                    QuantityType.of(Dimension.DURATION),
                    "Time for which a job asks for nothing after a pod of it found no place; it doubles with each failure in a row. 0 s:"
                            + " it asks whenever something changes.")
            .orElse("0 s")
            .only(Use.with("policy", "pod-by-pod"));
    public static final Field<Double> RETRY_MOST = Field.of(
                    "pod-retry-most",
                    QuantityType.of(Dimension.DURATION),
                    "The longest such time, an hour at most. Left out: as long as the first.")
            .only(Use.with("policy", "pod-by-pod"));

    private static final double LONGEST_RETRY_SECONDS = 3600;

    private PodFields() {}

    /**
     * How pods are placed.
     *
     * @throws ScenarioException if a job would ask again after more than an hour, or at last sooner than at first
     */
    static PodRules bind(Values values) {
        double first = values.get(RETRY);
        double most = values.find(RETRY_MOST).orElse(first);
        if (most < first || most > LONGEST_RETRY_SECONDS) {
            throw new ScenarioException(Problem.at(
                    values.position(RETRY_MOST),
                    Problem.Kind.VALUE,
                    "pods are tried again after pod-retry at first and pod-retry-most at last, which is an hour at most",
                    "make pod-retry-most as long as pod-retry, or longer, up to 1 h"));
        }
        if (values.get(BACKOFF) > LONGEST_RETRY_SECONDS) {
            throw new ScenarioException(Problem.at(
                    values.position(BACKOFF),
                    Problem.Kind.VALUE,
                    "a job that gave its GPUs back asks again after an hour at most",
                    "make pod-backoff 1 h or shorter"));
        }
        return new PodRules(
                Math.toIntExact(values.get(GPUS)),
                SimTime.nanos(values.get(TIMEOUT)),
                SimTime.nanos(values.get(BACKOFF)),
                values.get(ORDER),
                SimTime.nanos(first),
                SimTime.nanos(most));
    }
}
