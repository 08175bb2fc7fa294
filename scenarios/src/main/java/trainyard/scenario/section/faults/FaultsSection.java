package trainyard.scenario.section.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.FaultPresets;
import trainyard.faults.cause.FaultReplay;
import trainyard.faults.cause.Lemons;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** {@code life.faults}: what goes wrong, and how often. */
public final class FaultsSection {

    public static final Field<List<FaultCause>> PRESET = Field.of(
            "preset",
            ChoiceType.preset("fault preset", FaultPresets.all()),
            "Causes counted on a real cluster, as `trainyard show presets` lists them.");
    public static final Field<Map<String, Setting<Values>>> CAUSES = Field.of(
            "causes",
            new MapType<>(CauseSection.SECTION, "a cause by its name"),
            "Causes by name, beside those of the preset; one of the same name takes its place.");
    public static final Field<Double> SCALE = Field.of(
                    "scale",
                    new NumberType(0.0001, 10_000),
                    "Factor on the rates of all causes, to ask what a better or worse cluster would do; a trace stays as it"
                            + " is.")
            .orElse("1")
            .only(Use.beside(PRESET).or(Use.beside(CAUSES)));
    public static final Field<Values> LEMONS = Field.of(
                    "lemons", LemonsSection.SECTION, "Nodes that fail more often than others. Left out: all are alike.")
            .only(Use.beside(PRESET).or(Use.beside(CAUSES)));
    public static final Field<Values> TRACE =
            Field.of("trace", TraceSection.SECTION, "Recorded outages, beside the causes or instead of them.");

    public static final Section SECTION = Section.of(
            "life.faults",
            "What goes wrong: a `preset`, `causes`, a `trace`, or several of them.",
            PRESET,
            CAUSES,
            SCALE,
            LEMONS,
            TRACE);

    /** What goes wrong in a {@code life}. */
    public static final Field<Values> FAULTS =
            Field.of("faults", SECTION, "What goes wrong.").asRequired();

    private FaultsSection() {}

    /**
     * All that goes wrong.
     *
     * @throws ScenarioException if there is nothing, or the trace cannot be read
     */
    public static FaultModel bind(Values values) {
        double scale = values.get(SCALE);
        Map<String, Setting<Values>> stated = values.find(CAUSES).orElse(Map.of());
        List<FaultCause> causes = new ArrayList<>();
        for (FaultCause cause : values.find(PRESET).orElse(List.of())) {
            if (!stated.containsKey(cause.name())) {
                causes.add(CauseSection.scaled(cause, scale));
            }
        }
        stated.forEach((name, cause) -> causes.add(CauseSection.scaled(CauseSection.bind(name, cause.value()), scale)));
        Optional<FaultReplay> replay = values.find(TRACE).map(TraceSection::bind);
        if (causes.isEmpty() && replay.isEmpty()) {
            throw new ScenarioException(Problem.at(
                    values.position(),
                    Problem.Kind.KEY,
                    "nothing can go wrong: life.faults names no cause",
                    "write preset: llama3-2024, or a cause under causes"));
        }
        return new FaultModel(
                causes, values.find(LEMONS).map(LemonsSection::bind).orElse(Lemons.NONE), replay);
    }
}
