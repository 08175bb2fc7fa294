package trainyard.scenario.section.coordination;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.faults.coordination.waiting.Instruction;
import trainyard.faults.coordination.waiting.ProcessGroup;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.units.Dimension;

/** {@code processes}: programs that run side by side and may block one another. */
public final class ProcessesSection {

    /** What a deadlock does. */
    public enum OnDeadlock {
        /** The run ends with exit code 3 and the names of those who wait for one another. */
        STOP,
        /** It is one of the findings. */
        REPORT
    }

    public static final Field<Map<String, Setting<List<Instruction>>>> PROGRAMS = Field.of(
                    "programs",
                    new MapType<>(new ListType<>(new InstructionType(), "instructions"), "a program by process"),
                    "What each process does: `compute 1 s`; `lock name` and `unlock name`; `update name 1 ms` (read, compute,"
                            + " write); `die`; or a meeting of all whose programs name it, such as `all-reduce name 5 ms`,"
                            + " `barrier name`, `send name`, `receive name`. Without a time, a meeting takes none.")
            .asRequired();
    public static final Field<Long> REPEAT = Field.of(
                    "repeat", IntegerType.between(1, 100_000), "How often each process runs its program.")
            .orElse("1");
    public static final Field<Double> SPREAD = Field.of(
                    "spread",
                    new NumberType(0, 10),
                    "Coefficient of variation of the times of `compute` and `update`, which are lognormal; 0 for fixed"
                            + " times.")
            .orElse("0");
    public static final Field<Optional<Double>> INSPECT = Field.of(
                    "inspect",
                    new AutoType<>(QuantityType.positive(Dimension.DURATION)),
                    "Time between two looks at who waits for whom. `auto`: nobody looks.")
            .orElse("auto");
    public static final Field<Optional<Double>> TIMEOUT = Field.of(
                    "timeout",
                    new AutoType<>(QuantityType.positive(Dimension.DURATION)),
                    "Wait after which a process is taken to be stuck (collectives of PyTorch over NCCL: 10 min). `auto`:"
                            + " there is none.")
            .orElse("auto");
    public static final Field<OnDeadlock> ON_DEADLOCK = Field.of(
                    "on-deadlock",
                    ChoiceType.of("answer to a deadlock", OnDeadlock.class),
                    "`stop`: the run ends with exit code 3 and names those who wait for one another. `report`: it is a"
                            + " finding like others.")
            .orElse("stop");

    public static final Section SECTION = Section.of(
            "processes",
            "Programs that run side by side: locks, collectives and barriers in which they may block one another.",
            PROGRAMS,
            REPEAT,
            SPREAD,
            INSPECT,
            TIMEOUT,
            ON_DEADLOCK);

    private ProcessesSection() {}

    /**
     * The processes.
     *
     * @throws ScenarioException if there is none, or one has an empty program
     */
    public static ProcessGroup bind(Values values) {
        Map<String, List<Instruction>> programs = new LinkedHashMap<>();
        values.get(PROGRAMS).forEach((name, program) -> programs.put(name, program.value()));
        if (programs.isEmpty() || programs.values().stream().anyMatch(List::isEmpty)) {
            throw new ScenarioException(Problem.at(
                    values.position(PROGRAMS),
                    Problem.Kind.VALUE,
                    "each process needs at least one instruction",
                    "write rank-0: [compute 1 s, all-reduce gradients]"));
        }
        values.get(PROGRAMS)
                .forEach((name, program) -> ProgramChecks.of(programs)
                        .problem(name)
                        .ifPresent(problem -> {
                            throw new ScenarioException(Problem.at(
                                    program.position().orElse(values.position()),
                                    Problem.Kind.VALUE,
                                    problem,
                                    ""
                                            + "each meeting needs two programs that call it alike, each send a receive, each"
                                            + " unlock a lock before it"));
                        }));
        return new ProcessGroup(
                programs,
                Math.toIntExact(values.get(REPEAT)),
                values.get(SPREAD),
                optional(values.get(INSPECT)),
                optional(values.get(TIMEOUT)));
    }

    static OptionalDouble optional(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
