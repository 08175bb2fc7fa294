package trainyard.scenario.section.sgd;

import java.util.List;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.training.optimizer.LearningRate;
import trainyard.training.optimizer.RateSchedule;

/** {@code sgd.optimizer.schedule}: how the learning rate goes along the run. */
public final class SgdScheduleSection {

    private static final long MOST = 1_000_000_000_000L;

    /** What becomes of the rate behind the warm-up. */
    public enum Kind {
        CONSTANT,
        COSINE,
        STEP,
        INVERSE_SQRT
    }

    public static final Field<Kind> KIND = Field.of(
                    "kind",
                    ChoiceType.of("schedule", Kind.class),
                    "`constant`: the rate stays. `cosine`: it falls as half a cosine until `end` (Loshchilov and Hutter 2017). `step`: it is"
                            + " multiplied by `factor` at each of some numbers of examples. `inverse-sqrt`: it falls with one over the"
                            + " root of the examples, from the end of the warm-up (Vaswani et al. 2017).")
            .orElse("constant");
    public static final Field<Long> WARM_UP = Field.of(
                    "warm-up",
                    IntegerType.of("examples", 0, MOST),
                    "Examples over which the rate grows from 0 in a line. All here are examples of all workers together.")
            .orElse("0 examples");
    public static final Field<Long> END = Field.of(
                    "end",
                    IntegerType.of("examples", 1, MOST),
                    "Examples, with those of the warm-up, at which the floor is reached. Needed by `cosine`.")
            .only(Use.with(KIND, Kind.COSINE));
    public static final Field<Double> FLOOR = Field.of(
                    "floor", NumberType.FRACTION, "Share of the rate that is left in the end.")
            .orElse("0")
            .only(Use.with(KIND, Kind.COSINE));
    public static final Field<List<Long>> AT = Field.of(
                    "at",
                    new ListType<>(IntegerType.of("examples", 1, MOST), "numbers of examples"),
                    "Examples at which the rate is multiplied by `factor`. Needed by `step`.")
            .only(Use.with(KIND, Kind.STEP));
    public static final Field<Double> FACTOR = Field.of("factor", new NumberType(1e-9, 1), "What it is multiplied by.")
            .orElse("0.1")
            .only(Use.with(KIND, Kind.STEP));

    public static final Section SECTION = Section.of(
            "sgd.optimizer.schedule",
            "How the learning rate goes along the run. It follows the examples that all workers together have trained with, so that one"
                    + " schedule means the same under every rule.",
            KIND,
            WARM_UP,
            END,
            FLOOR,
            AT,
            FACTOR);

    private SgdScheduleSection() {}

    /**
     * The rate along a run.
     *
     * @param base the greatest, behind the warm-up
     * @throws ScenarioException if the schedule lacks what it needs
     */
    public static LearningRate bind(Values values, double base) {
        return new LearningRate(base, values.get(WARM_UP), schedule(values));
    }

    private static RateSchedule schedule(Values values) {
        return switch (values.get(KIND)) {
            case CONSTANT -> RateSchedule.CONSTANT;
            case COSINE -> cosine(values);
            case STEP -> step(values);
            case INVERSE_SQRT -> inverseRoot(values);
        };
    }

    private static RateSchedule cosine(Values values) {
        long warmUp = values.get(WARM_UP);
        long end = values.find(END)
                .orElseThrow(() -> refusal(
                        values, KIND, "a cosine needs the examples at which it ends", "write end: 100000 examples"));
        if (end <= warmUp) {
            throw refusal(
                    values,
                    END,
                    "a cosine that ends at " + end + " examples is over with the warm-up of " + warmUp,
                    "write a greater end");
        }
        return new RateSchedule.Cosine(end, values.get(FLOOR));
    }

    private static RateSchedule step(Values values) {
        List<Long> at = values.find(AT)
                .filter(list -> !list.isEmpty())
                .orElseThrow(() -> refusal(
                        values, KIND, "steps need the examples at which they are", "write at: [50000 examples]"));
        return new RateSchedule.Step(at.stream().map(Long::doubleValue).toList(), values.get(FACTOR));
    }

    private static RateSchedule inverseRoot(Values values) {
        if (values.get(WARM_UP) == 0) {
            throw refusal(
                    values,
                    KIND,
                    "one over the root of the examples has no scale without a warm-up",
                    "write warm-up: 1000 examples");
        }
        return new RateSchedule.InverseSquareRoot();
    }

    private static ScenarioException refusal(Values values, Field<?> field, String what, String fix) {
        return new ScenarioException(Problem.at(values.position(field), Problem.Kind.PLAN, what, fix));
    }
}
