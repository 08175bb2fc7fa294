package trainyard.scenario.section.tco;

import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scheduler.tco.RentedGpus;
import trainyard.sim.units.Dimension;

/** {@code tco.cloud}: GPUs that are rented. */
public final class RentedGpusSection {

    private static final double HOUR = 3_600;
    private static final double MOST_LOST = 0.99;

    public static final Field<Double> ON_DEMAND = Field.of(
                    "on-demand",
                    QuantityType.of(Dimension.MONEY_PER_GPU_TIME),
                    "Price of a GPU by the hour. State its source: prices change monthly.")
            .asRequired();
    public static final Field<Long> RESERVED = Field.of(
                    "reserved",
                    IntegerType.of("GPUs", 0, 1_000_000),
                    "GPUs that are paid for all the time, used or not; they serve what owned ones cannot.")
            .orElse("0");
    public static final Field<Double> RESERVED_PRICE = Field.of(
                    "reserved-price", QuantityType.of(Dimension.MONEY_PER_GPU_TIME), "Price of one of them.")
            .orElse("0 USD/GPU-hour")
            .only(Use.beside(RESERVED));
    public static final Field<Double> SPOT_SHARE = Field.of(
                    "spot-share",
                    NumberType.FRACTION,
                    "Share of the work beyond owned and reserved GPUs that runs on spot instances.")
            .orElse("0");
    public static final Field<Double> SPOT_PRICE = Field.of(
                    "spot-price", QuantityType.of(Dimension.MONEY_PER_GPU_TIME), "Price of a spot instance per GPU.")
            .orElse("0 USD/GPU-hour")
            .only(Use.beside(SPOT_SHARE));
    public static final Field<Double> SPOT_LOST = Field.of(
                    "spot-lost",
                    new NumberType(0, MOST_LOST),
                    "Share of the paid time that removals cost; an hour of work takes `1 / (1 - spot-lost)` hours.")
            .orElse("0")
            .only(Use.beside(SPOT_SHARE));
    public static final Field<Double> EGRESS = Field.of(
                    "egress",
                    QuantityType.of(Dimension.DATA),
                    "Data that leaves the cloud whenever a GPU by the hour is given back, such as checkpoints and results.")
            .orElse("0 B");
    public static final Field<Double> EGRESS_PRICE = Field.of(
                    "egress-price", QuantityType.of(Dimension.MONEY_PER_DATA), "Price of such data.")
            .orElse("0 USD/GB")
            .only(Use.beside(EGRESS));

    public static final Section SECTION = Section.of(
            "tco.cloud",
            "GPUs that are rented, and what they cost.",
            ON_DEMAND,
            RESERVED,
            RESERVED_PRICE,
            SPOT_SHARE,
            SPOT_PRICE,
            SPOT_LOST,
            EGRESS,
            EGRESS_PRICE);

    private RentedGpusSection() {}

    static RentedGpus bind(Values values) {
        return new RentedGpus(
                values.get(ON_DEMAND) * HOUR,
                Math.toIntExact(values.get(RESERVED)),
                values.get(RESERVED_PRICE) * HOUR,
                new RentedGpus.Spot(values.get(SPOT_SHARE), values.get(SPOT_PRICE) * HOUR, values.get(SPOT_LOST)),
                values.get(EGRESS) * values.get(EGRESS_PRICE));
    }
}
