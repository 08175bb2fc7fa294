package trainyard.scenario.section.tco;

import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scheduler.tco.OwnedGpus;
import trainyard.sim.units.Dimension;

/** {@code tco.owned}: GPUs that are bought. */
public final class OwnedGpusSection {

    private static final double HOUR = 3_600;
    private static final double KILO = 1_000;
    private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;

    public static final Field<Long> GPUS =
            Field.of("gpus", IntegerType.of("GPUs", 0, 1_000_000), "How many.").asRequired();
    public static final Field<Double> PRICE = Field.of(
                    "price",
                    QuantityType.of(Dimension.MONEY_PER_GPU),
                    "To buy one, with its share of server, storage and installation. State its source.")
            .asRequired();
    public static final Field<Double> NETWORK = Field.of(
                    "network", QuantityType.of(Dimension.MONEY_PER_GPU), "Share of the network that is bought with it.")
            .orElse("0 USD/GPU");
    public static final Field<Double> LIFE = Field.of(
                    "life",
                    QuantityType.positive(Dimension.DURATION),
                    "Time over which the price is written off, evenly; after it the GPU is bought anew.")
            .asRequired();
    public static final Field<Double> UPKEEP = Field.of(
                    "upkeep", QuantityType.of(Dimension.GROWTH), "Support and repairs, as a share of the price.")
            .orElse("0% per year");
    public static final Field<Double> POWER = Field.of(
                    "power",
                    QuantityType.of(Dimension.POWER),
                    "What a GPU draws while it is used, with its share of server and network.")
            .asRequired();
    public static final Field<Double> IDLE_POWER = Field.of(
                    "idle-power", QuantityType.of(Dimension.POWER), "The same while it is not used.")
            .orElse("0 W");
    public static final Field<Double> PUE = Field.of(
                    "pue",
                    new NumberType(1, 10),
                    "Power of the building over that of the machines (power usage effectiveness, ISO/IEC 30134-2).")
            .asRequired();
    public static final Field<Double> ENERGY = Field.of(
                    "energy", QuantityType.of(Dimension.MONEY_PER_ENERGY), "Price of electricity.")
            .asRequired();
    public static final Field<Double> STAFF = Field.of(
                    "staff",
                    QuantityType.of(Dimension.MONEY_RATE),
                    "People who run the machines, however many these are; nobody where none are owned.")
            .orElse("0 USD/year");
    public static final Field<Double> AVAILABILITY = Field.of(
                    "availability",
                    new NumberType(0.01, 1),
                    "Share of the GPUs that works in the mean; what the others would serve is rented.")
            .orElse("1");

    public static final Section SECTION = Section.of(
            "tco.owned",
            "GPUs that are bought, and what they cost.",
            GPUS,
            PRICE,
            NETWORK,
            LIFE,
            UPKEEP,
            POWER,
            IDLE_POWER,
            PUE,
            ENERGY,
            STAFF,
            AVAILABILITY);

    private OwnedGpusSection() {}

    static OwnedGpus bind(Values values) {
        return new OwnedGpus(
                Math.toIntExact(values.get(GPUS)),
                values.get(PRICE) + values.get(NETWORK),
                values.get(LIFE) / HOUR,
                values.get(UPKEEP) * HOUR,
                new OwnedGpus.Power(
                        values.get(POWER) / KILO,
                        values.get(IDLE_POWER) / KILO,
                        values.get(PUE),
                        values.get(ENERGY) * JOULES_PER_KILOWATT_HOUR),
                values.get(STAFF) * HOUR,
                values.get(AVAILABILITY));
    }
}
