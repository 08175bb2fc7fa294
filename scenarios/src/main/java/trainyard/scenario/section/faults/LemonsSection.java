package trainyard.scenario.section.faults;

import trainyard.faults.cause.Lemons;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;

/** {@code life.faults.lemons}: nodes that fail more often than others. */
final class LemonsSection {

    static final Field<Double> SHARE = Field.of(
                    "share", NumberType.FRACTION, "Chance of each node to be a lemon, drawn anew in each replication.")
            .asRequired();
    static final Field<Double> FACTOR = Field.of(
                    "factor", new NumberType(1, 10_000), "How many times as often the parts of a lemon fail.")
            .asRequired();

    static final Section SECTION = Section.of(
            "life.faults.lemons",
            "Nodes that fail more often than others, for all causes that strike a GPU, a link or a node. The rates of the"
                    + " causes are those of the other nodes.",
            SHARE,
            FACTOR);

    private LemonsSection() {}

    static Lemons bind(Values values) {
        return new Lemons(values.get(SHARE), values.get(FACTOR));
    }
}
