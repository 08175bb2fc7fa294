package trainyard.scenario.section.life;

import java.util.List;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.sim.units.Dimension;

/** {@code retry}: clients that all want the same of one store at the same time. */
public final class RetrySection {

    public static final Field<Long> CLIENTS = Field.of(
                    "clients", IntegerType.of("clients", 1, 1_000_000), "Clients that want to read, all at time 0.")
            .orElse("2048 clients");
    public static final Field<Long> SLOTS = Field.of(
                    "slots",
                    IntegerType.of("slots", 1, 1_000_000),
                    "Requests that the store serves at the same time; it turns others away at once.")
            .orElse("64 slots");
    public static final Field<Double> SERVICE = Field.of(
                    "service",
                    QuantityType.positive(Dimension.DURATION),
                    "How long a request takes; `slots` over this is the rate of the store.")
            .orElse("1 s");
    public static final Field<Double> OUTAGE = Field.of(
                    "outage",
                    QuantityType.of(Dimension.DURATION),
                    "Mean time from the start until the store can be reached.")
            .orElse("0 s");
    public static final Field<Double> OUTAGE_CV = Field.of(
                    "outage-cv",
                    new NumberType(0, 20),
                    "Coefficient of variation of that time, which is lognormal; 0 for a fixed time.")
            .orElse("0")
            .only(new Use("an `outage` above 0", List.of("outage"), (own, all) -> own.get(OUTAGE) > 0));
    public static final Field<Values> BACKOFF = Field.of(
                    "backoff",
                    BackoffSection.section("retry.backoff", "Waits of a client between its tries."),
                    "Waits of a client between its tries.")
            .orElse("");

    public static final Section SECTION = Section.of(
            "retry",
            "Clients that all want to read the same from one store at the same time, such as ranks that load a checkpoint,"
                    + " and try again when they are turned away.",
            CLIENTS,
            SLOTS,
            SERVICE,
            OUTAGE,
            OUTAGE_CV,
            BACKOFF);

    private RetrySection() {}
}
