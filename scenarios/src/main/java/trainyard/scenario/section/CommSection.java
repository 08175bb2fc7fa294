package trainyard.scenario.section;

import java.util.Optional;
import trainyard.faults.detect.CollectiveTimeout;
import trainyard.faults.detect.CollectiveTimeout.SlowOperations;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.NoneType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.sim.units.Dimension;

/** {@code life.comm}: what the communication library does about an operation that does not end. */
public final class CommSection {

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
            .orElse("1 s");

    public static final Section SECTION = Section.of(
            "life.comm", "What the communication library does about an operation that does not end.", TIMEOUT, SLOW_TAIL, EVERY);

    private CommSection() {}

    /** The timeout. */
    public static CollectiveTimeout bind(Values values) {
        return new CollectiveTimeout(
                values.get(TIMEOUT).orElse(Double.POSITIVE_INFINITY),
                values.find(SLOW_TAIL).map(tail -> new SlowOperations(values.get(EVERY), tail)));
    }
}
