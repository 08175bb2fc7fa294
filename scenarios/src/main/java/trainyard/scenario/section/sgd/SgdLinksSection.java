package trainyard.scenario.section.sgd;

import java.util.HashMap;
import java.util.Map;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.sim.units.Dimension;
import trainyard.training.wire.AccessLinks;

/** {@code sgd.links}: what each worker has between it and the network. */
public final class SgdLinksSection {

    public static final Field<Double> UP = Field.of(
                    "up", QuantityType.positive(Dimension.DATA_RATE), "Rate from a worker.")
            .asRequired();
    public static final Field<Double> DOWN =
            Field.of("down", QuantityType.positive(Dimension.DATA_RATE), "Rate to a worker. Left out: as `up`.");
    public static final Field<Double> LATENCY = Field.of(
                    "latency", QuantityType.of(Dimension.DURATION), "Time that a message takes besides.")
            .orElse("0 s");
    public static final Field<Long> SLOW_WORKERS = Field.of(
                    "slow-workers",
                    IntegerType.of("workers", 0, 100_000),
                    "Workers, the last ones, with a slower link.")
            .orElse("0 workers");
    public static final Field<Double> SLOW_FACTOR = Field.of(
                    "slow-factor", new NumberType(1, 10_000), "How many times as slow it is.")
            .orElse("10")
            .only(Use.beside(SLOW_WORKERS));

    public static final Section SECTION = Section.of(
            "sgd.links",
            "What each worker has between it and the network, such as a connection at home, or a link between regions.",
            UP,
            DOWN,
            LATENCY,
            SLOW_WORKERS,
            SLOW_FACTOR);

    private SgdLinksSection() {}

    public static AccessLinks bind(Values values, int workers) {
        SgdSection.requireSome(values, SLOW_WORKERS, workers);
        Map<Integer, Double> slower = new HashMap<>();
        for (int i = 0; i < values.get(SLOW_WORKERS); i++) {
            slower.put(workers - 1 - i, values.get(SLOW_FACTOR));
        }
        double up = values.get(UP);
        return new AccessLinks(up, values.find(DOWN).orElse(up), values.get(LATENCY), slower);
    }
}
