package trainyard.scenario.section.allocation;

import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.random.Uniform;
import trainyard.sim.units.Dimension;

/** {@code bookings}: uses of a machine whose times are fixed. */
public final class BookingsSection {

    public static final Field<Long> BOOKINGS = Field.of(
                    "bookings", IntegerType.between(1, 1_000_000), "Bookings, such as notebooks with a GPU each.")
            .asRequired();
    public static final Field<Double> SPAN = Field.of(
                    "span",
                    QuantityType.positive(Dimension.DURATION),
                    "Stretch of time in which they start, at any moment alike.")
            .asRequired();
    public static final Field<Double> LENGTH = Field.of(
                    "length", QuantityType.positive(Dimension.DURATION), "Mean length of one (lognormal law).")
            .asRequired();
    public static final Field<Double> SPREAD = Field.of(
                    "spread", new NumberType(0, 10), "Coefficient of variation of the length.")
            .orElse("1");

    public static final Section SECTION = Section.of(
            "bookings",
            "Bookings of one machine each whose starts and ends are fixed: they get as few machines as they overlap at the worst"
                    + " moment (interval partitioning).",
            BOOKINGS,
            SPAN,
            LENGTH,
            SPREAD);

    private BookingsSection() {}

    /** Starts and ends, in nanoseconds. */
    public record Drawn(long[] starts, long[] ends) {}

    /** The bookings of one replication. */
    public static Drawn bind(Values values, RandomStreams streams) {
        int count = Math.toIntExact(values.get(BOOKINGS));
        double mean = values.get(LENGTH);
        double spread = values.get(SPREAD);
        Distribution law = spread == 0 ? new Fixed(mean) : new LogNormal(mean, spread);
        ContinuousSampler start = new Uniform(0, values.get(SPAN)).sampler(streams.stream("bookings/start"));
        ContinuousSampler length = law.sampler(streams.stream("bookings/length"));
        long[] starts = new long[count];
        long[] ends = new long[count];
        for (int booking = 0; booking < count; booking++) {
            starts[booking] = SimTime.nanos(start.sample());
            ends[booking] = starts[booking] + Math.max(1, SimTime.nanos(length.sample()));
        }
        return new Drawn(starts, ends);
    }
}
