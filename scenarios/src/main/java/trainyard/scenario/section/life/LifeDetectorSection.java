package trainyard.scenario.section.life;

import java.util.LinkedHashMap;
import java.util.Map;
import trainyard.faults.detect.Telemetry;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.sim.units.Dimension;

/** {@code life.recovery.detector}: what notices the faults of a job. */
public final class LifeDetectorSection {

    private static final double DAY = 86_400;

    public static final Field<Double> POLL = Field.of(
                    "period", QuantityType.of(Dimension.DURATION), "Time between two looks.")
            .orElse("10 s");
    public static final Field<Long> LOOKS = Field.of(
                    "looks", IntegerType.between(1, 10_000), "Looks in a row that have to show a fault.")
            .orElse("2");
    public static final Field<Double> RECALL = Field.of(
                    "recall", NumberType.FRACTION, "Share of the faults that are recognised; the others never are.")
            .orElse("1");
    public static final Field<Map<String, Setting<Values>>> RULES = Field.of(
            "rules",
            new MapType<>(
                    Section.of("detector.telemetry.rules", "The rule of one cause.", POLL, LOOKS, RECALL),
                    "a rule by the name of its cause"),
            "Causes with a rule of their own, by name.");
    public static final Field<Double> FALSE_ALARMS = Field.of(
                    "false-alarms",
                    QuantityType.of(Dimension.EVENT_RATE),
                    "Alarms without a fault; each costs a restart.")
            .orElse("0 /day");

    public static final Field<Values> TELEMETRY = Field.of(
            "telemetry",
            Section.of(
                    "detector.telemetry",
                    "Rules that look at counters again and again: they see hangs and slow nodes, too.",
                    POLL,
                    LOOKS,
                    RECALL,
                    RULES,
                    FALSE_ALARMS),
            "Rules that look at counters of the nodes; they see any fault, a hang too, beside what else notices it.");

    private static final Use WATCHED = Use.beside(NodeWatchSection.HEARTBEAT)
            .or(Use.beside(NodeWatchSection.PHI_ACCRUAL))
            .or(Use.beside(NodeWatchSection.SWIM));

    public static final Section SECTION = Section.of(
            "life.recovery.detector",
            "What notices faults, in place of stated times: `heartbeat`, `phi-accrual` or `swim` for nodes that restart or break"
                    + " (`detect` is for processes that end), `telemetry` for all faults.",
            NodeWatchSection.PERIOD.only(WATCHED),
            NodeWatchSection.LOSS.only(WATCHED),
            NodeWatchSection.HEARTBEAT,
            NodeWatchSection.PHI_ACCRUAL,
            NodeWatchSection.SWIM,
            TELEMETRY);

    private LifeDetectorSection() {}

    /** The rules of {@link #TELEMETRY}. */
    public static Telemetry telemetry(Values values) {
        Map<String, Telemetry.Rule> rules = new LinkedHashMap<>();
        values.find(RULES).orElse(Map.of()).forEach((cause, rule) -> rules.put(cause, rule(rule.value())));
        return new Telemetry(rule(values), rules, values.get(FALSE_ALARMS) * DAY);
    }

    private static Telemetry.Rule rule(Values values) {
        return new Telemetry.Rule(values.get(POLL), Math.toIntExact(values.get(LOOKS)), values.get(RECALL));
    }
}
