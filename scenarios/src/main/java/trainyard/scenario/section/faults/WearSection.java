package trainyard.scenario.section.faults;

import trainyard.faults.cause.Wear;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;

/** {@code life.faults.causes.*.wear}: parts that are not as good as new after a repair. */
final class WearSection {

    private static final NumberType SHARE = new NumberType(0.01, 1);

    static final Field<Double> RATIO = Field.of(
                    "ratio",
                    SHARE,
                    "Mean time to the next fault of a part over that to the one before. Nodes of SuperBench (USENIX ATC 2024)"
                            + " went from 719 h to 152 h in nineteen faults: 0.921.")
            .orElse("0.921");
    static final Field<Double> LEAST = Field.of("least", SHARE, "Share of `mtbf` below which that time does not fall.")
            .orElse("0.21");

    static final Section SECTION = Section.of(
            "life.faults.causes.wear", "Parts of the cause that fail sooner after each repair.", RATIO, LEAST);

    private WearSection() {}

    static Wear bind(Values values) {
        return new Wear(values.get(RATIO), values.get(LEAST));
    }
}
