package trainyard.scenario.section.jobs.trace;

import java.util.Optional;
import java.util.stream.Stream;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Position;
import trainyard.scheduler.trace.TableTrace;
import trainyard.sim.units.Dimension;

/** {@code jobs.trace.columns}: where a table says what of a job. */
public final class JobColumnsSection {

    public static final Field<String> SUBMIT = Field.of(
                    "submit",
                    TextType.ANY,
                    "Column of the submission: a number in `time-unit`, such as seconds since 1970, or a time such as `2017-10-09 07:01:55` or"
                            + " `2017-10-09T07:01:55Z`; at most 1e9 s before or behind that of the first row.")
            .asRequired();
    public static final Field<String> GPUS = Field.of("gpus", TextType.ANY, "Column of the GPUs of a job, at least 1.")
            .asRequired();
    public static final Field<String> RUN = Field.of("run", TextType.ANY, "Column of its run time, in `time-unit`.")
            .asRequired();
    public static final Field<String> LIMIT = Field.of(
            "limit",
            TextType.ANY,
            "Column of the run time that its owner states, in `time-unit`. Left out, or where the cell is empty: the true one.");
    public static final Field<String> ID = Field.of("id", TextType.ANY, "Column of its name. Left out: its line.");
    public static final Field<String> TEAM =
            Field.of("team", TextType.ANY, "Column of its team. Left out: there are no teams.");
    public static final Field<Double> TIME_UNIT = Field.of(
                    "time-unit", QuantityType.positive(Dimension.DURATION), "What 1 stands for in columns of time.")
            .orElse("1 s");

    public static final Section SECTION = Section.of(
            "jobs.trace.columns", "Columns of a table of jobs.", SUBMIT, GPUS, RUN, LIMIT, ID, TEAM, TIME_UNIT);

    private JobColumnsSection() {}

    /** Where a column is named; empty if nowhere. */
    static Optional<Position> position(Values values, String column) {
        return Stream.of(SUBMIT, GPUS, RUN, LIMIT, ID, TEAM)
                .filter(field -> values.find(field).filter(column::equals).isPresent())
                .findFirst()
                .map(values::position);
    }

    static TableTrace bind(Values values) {
        return new TableTrace(
                values.find(ID).orElse(""),
                values.find(TEAM).orElse(""),
                values.get(SUBMIT),
                values.get(GPUS),
                values.get(RUN),
                values.find(LIMIT).orElse(""),
                values.get(TIME_UNIT));
    }
}
