package trainyard.scenario.section.life;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import trainyard.faults.retry.InPlace;
import trainyard.faults.retry.RestartBudget;
import trainyard.faults.retry.RestartBudget.Counting;
import trainyard.faults.retry.RestartPolicy;
import trainyard.faults.retry.RestartPolicy.CrashLoopBrake;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.NoneType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.sim.units.Dimension;

/** {@code life.recovery.restart}: whether and when the job is started again. */
public final class RestartSection {

    private static final IntegerType COUNT = IntegerType.between(1, Integer.MAX_VALUE - 1);

    public static final Field<Optional<Long>> MOST = Field.of(
                    "max-restarts",
                    new NoneType<>(IntegerType.between(0, Integer.MAX_VALUE - 1)),
                    "Restarts that are allowed; one fault more ends the job.")
            .orElse("none");
    public static final Field<Counting> COUNTED = Field.of(
                    "counted",
                    ChoiceType.of("way to count", Counting.class),
                    "`job`: all restarts count together. `agent`: each node's agent counts its own, as torchrun does; a node that"
                            + " joins begins at 0.")
            .orElse("job")
            .only(Use.beside(MOST));
    public static final Field<Optional<Long>> NO_PROGRESS = Field.of(
                    "no-progress",
                    new NoneType<>(COUNT),
                    "Restarts in a row without one more step that is safe after which the job ends (NVIDIA Resiliency"
                            + " Extension: 3).")
            .orElse("none");
    public static final Field<Optional<Long>> LOOP_FAULTS = Field.of(
                    "loop-faults",
                    new NoneType<>(COUNT),
                    "Faults within `loop-window` after which the job ends as a crash loop.")
            .orElse("none");
    public static final Field<Double> LOOP_WINDOW = Field.of(
                    "loop-window", QuantityType.positive(Dimension.DURATION), "The window of `loop-faults`.")
            .orElse("1 h")
            .only(Use.beside(LOOP_FAULTS));
    public static final Field<List<String>> FINAL_CAUSES = Field.of(
            "final-causes",
            new ListType<>(TextType.ANY, "names of causes"),
            "Causes that end the job with the exit code that says not to start it again.");
    public static final Field<Boolean> CLASSIFIED = Field.of(
                    "classified",
                    new FlagType(),
                    "Whether it is known after the diagnosis which faults broke a node. If not, the job is tried again on the"
                            + " broken node as often as `in-place` says before the node is replaced.")
            .orElse("true");
    public static final Field<Values> IN_PLACE = Field.of(
                    "in-place",
                    BackoffSection.section(
                            "life.recovery.restart.in-place",
                            "Tries on the same nodes where faults are not classified."),
                    "Tries on the same nodes and the waits between them, where faults are not classified.")
            .orElse("")
            .only(Use.with("classified", "false"));
    public static final Field<Values> BRAKE = Field.of(
            "brake",
            BackoffSection.endless("life.recovery.restart.brake", "Waits before starts that follow one another."),
            "Waits before starts that follow one another, as the crash loop back-off of Kubernetes (10 s, doubled, at most"
                    + " 5 min). Left out: none.");
    public static final Field<Double> FORGET = Field.of(
                    "forget",
                    QuantityType.of(Dimension.DURATION),
                    "Once the job has run for so long since its last incident, the next wait of the brake is a first one.")
            .orElse("10 min")
            .only(Use.beside(BRAKE));

    public static final Section SECTION = Section.of(
            "life.recovery.restart",
            "Whether and when the job is started again. Left out: at once and for ever.",
            MOST,
            COUNTED,
            NO_PROGRESS,
            LOOP_FAULTS,
            LOOP_WINDOW,
            FINAL_CAUSES,
            CLASSIFIED,
            IN_PLACE,
            BRAKE,
            FORGET);

    private RestartSection() {}

    /** The rules. */
    public static RestartPolicy bind(Values values) {
        RestartBudget budget = new RestartBudget(
                count(values, MOST),
                values.get(COUNTED),
                count(values, NO_PROGRESS),
                count(values, LOOP_FAULTS),
                values.get(LOOP_WINDOW));
        boolean unlimited = budget.most() == Integer.MAX_VALUE
                && budget.noProgress() == Integer.MAX_VALUE
                && budget.loopFaults() == Integer.MAX_VALUE;
        return new RestartPolicy(
                unlimited ? RestartBudget.UNLIMITED : budget,
                Set.copyOf(values.find(FINAL_CAUSES).orElse(List.of())),
                values.get(CLASSIFIED)
                        ? Optional.empty()
                        : Optional.of(new InPlace(false, BackoffSection.bind(values.get(IN_PLACE)))),
                values.find(BRAKE).map(brake -> new CrashLoopBrake(BackoffSection.bind(brake), values.get(FORGET))));
    }

    private static int count(Values values, Field<Optional<Long>> field) {
        return values.get(field).map(Math::toIntExact).orElse(Integer.MAX_VALUE);
    }
}
