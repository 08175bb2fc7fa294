package trainyard.scenario.section.faults;

import java.util.Optional;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Slowdown;
import trainyard.faults.cause.Visibility;
import trainyard.faults.detect.CollectiveTimeout;
import trainyard.faults.detect.CollectiveTimeout.SlowOperations;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.NoneType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.sim.units.Dimension;

/** {@code life.comm}: what the communication library does about an operation that does not end. */
public final class CommSection {

    /** What takes over from a link that hung. */
    public enum Fallback {
        /** Nothing. */
        NONE,
        /** Sockets. */
        TCP
    }

    public static final Field<Optional<Double>> TIMEOUT = Field.of(
                    "timeout",
                    new NoneType<>(QuantityType.of(Dimension.DURATION)),
                    "Time after which an operation counts as hung (NCCL in PyTorch: 10 min). `none`: a hang lasts until something"
                            + " else stops the job.")
            .orElse("10 min");
    public static final Field<Double> SLOW_TAIL = Field.of(
            "slow-tail",
            QuantityType.positive(Dimension.DURATION),
            "Mean of the exponential tail of operations that are slow by themselves: one takes longer than t with chance e to the"
                    + " power of -t/tail, and beyond the timeout it is taken for a hang. Left out: none is.");
    public static final Field<Double> EVERY = Field.of(
                    "every", QuantityType.positive(Dimension.DURATION), "Time between two such operations.")
            .orElse("1 s")
            .only(Use.beside(SLOW_TAIL));

    public static final Field<Fallback> FALLBACK = Field.of(
                    "fallback",
                    ChoiceType.of("fallback", Fallback.class),
                    "What carries the data of a node after one of its links hung. `none`: the link works again once the job is"
                            + " started again, or the node is replaced if its `damage` is `node`. `tcp`: the job keeps the node and"
                            + " goes on at `fallback-bandwidth` until the link is repaired, after the time `repair` of its cause.")
            .orElse("none");
    public static final Field<Double> FALLBACK_BANDWIDTH = Field.of(
                    "fallback-bandwidth",
                    QuantityType.positive(Dimension.DATA_RATE),
                    "Rate of a network port by the fallback, in each direction; the step model says what a step takes then.")
            .orElse("25 Gb/s")
            .only(Use.with(FALLBACK, Fallback.TCP));

    public static final Section SECTION = Section.of(
            "life.comm",
            "What the communication library does about an operation that does not end.",
            TIMEOUT,
            SLOW_TAIL,
            EVERY,
            FALLBACK,
            FALLBACK_BANDWIDTH);

    /** A fallback that is no slower than the link. */
    private static final double MOST_SHARE = 0.999_999;

    /** Communication of a {@code life}. */
    public static final Field<Values> COMM = Field.of(
            "comm",
            SECTION,
            "What the communication library does about an operation that does not end. Left out: a hang is noticed after"
                    + " `recovery.detect-hang`.");

    private CommSection() {}

    /** The timeout. */
    public static CollectiveTimeout bind(Values values) {
        return new CollectiveTimeout(
                values.get(TIMEOUT).orElse(Double.POSITIVE_INFINITY),
                values.find(SLOW_TAIL).map(tail -> new SlowOperations(values.get(EVERY), tail)));
    }

    /**
     * The causes with the fallback: a link that hangs goes on at a share of its rate until it is repaired, and no node is lost.
     *
     * @param portBytesPerSecond rate of a healthy port
     */
    public static FaultModel withFallback(Values values, FaultModel faults, double portBytesPerSecond) {
        if (values.get(FALLBACK) == Fallback.NONE) {
            return faults;
        }
        double share = Math.min(MOST_SHARE, values.get(FALLBACK_BANDWIDTH) / portBytesPerSecond);
        return new FaultModel(
                faults.causes().stream()
                        .map(cause -> withFallback(cause, share))
                        .toList(),
                faults.lemons(),
                faults.replay());
    }

    private static FaultCause withFallback(FaultCause cause, double share) {
        if (cause.scope() != Scope.LINK || cause.visibility() != Visibility.HANG) {
            return cause;
        }
        return new FaultCause(
                cause.name(),
                cause.scope(),
                cause.secondsBetween(),
                cause.visibility(),
                Damage.PROCESS,
                cause.repairSeconds(),
                cause.provenance(),
                cause.traits().with(new Slowdown(share, Optional.of(cause.repairSeconds()))));
    }
}
