package trainyard.scenario.section.life;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.units.Dimension;

/** What {@code detector} and {@code life.recovery.detector} share: how nodes that stop answering are noticed. */
public final class NodeWatchSection {

    /** Phi beyond this is a chance that a double does not hold. */
    private static final double MOST_PHI = 300;

    public static final Field<Double> PERIOD = Field.of(
                    "period",
                    QuantityType.positive(Dimension.DURATION),
                    "Time between two heartbeats, or two pings, of a node.")
            .orElse("1 s");
    public static final Field<Double> LOSS = Field.of(
                    "loss", new NumberType(0, 0.99), "Chance that a message is lost, each by itself.")
            .orElse("0");
    public static final Field<Long> MISSES = Field.of(
                    "misses", IntegerType.between(1, 10_000), "Heartbeats in a row that have to be missing.")
            .orElse("5");
    public static final Field<Double> PHI = Field.of(
                    "phi",
                    new NumberType(0.01, MOST_PHI),
                    "Threshold: a node is suspected once the chance of so long a silence is below 10 to the power of -phi.")
            .orElse("8");
    public static final Field<Double> JITTER = Field.of(
                    "jitter",
                    QuantityType.positive(Dimension.DURATION),
                    "Standard deviation of the time between two heartbeats, which is normal.")
            .orElse("100 ms");
    public static final Field<Long> INDIRECT = Field.of(
                    "indirect",
                    IntegerType.of("nodes", 0, 1000),
                    "Nodes that are asked to ping one that does not answer.")
            .orElse("3 nodes");
    public static final Field<Double> SUSPICION = Field.of(
                    "suspicion",
                    QuantityType.of(Dimension.DURATION),
                    "Time within which a suspected node may contradict.")
            .orElse("5 s");

    private static final Section HEARTBEAT_SECTION =
            Section.of("detector.heartbeat", "A monitor that declares a node dead after missing heartbeats.", MISSES);
    private static final Section PHI_SECTION = Section.of(
            "detector.phi-accrual",
            "A monitor that learns how the heartbeats of a node come (Hayashibara et al. 2004).",
            PHI,
            JITTER);
    private static final Section SWIM_SECTION = Section.of(
            "detector.swim",
            "Nodes that ping each other at random and pass on what they learn (Das et al. 2002); no monitor.",
            INDIRECT,
            SUSPICION);

    public static final Field<Values> HEARTBEAT = Field.of(
            "heartbeat", HEARTBEAT_SECTION, "Dead after so many heartbeats in a row are missing at a monitor.");
    public static final Field<Values> PHI_ACCRUAL = Field.of(
            "phi-accrual", PHI_SECTION, "Dead after a silence that is too unlikely, by what the monitor has seen.");
    public static final Field<Values> SWIM =
            Field.of("swim", SWIM_SECTION, "Dead after nobody gets an answer; nodes ping each other.");

    private static final List<Field<Values>> WAYS = List.of(HEARTBEAT, PHI_ACCRUAL, SWIM);

    private NodeWatchSection() {}

    /**
     * Which of the three is written; empty for none.
     *
     * @throws ScenarioException if there are two
     */
    public static Optional<Field<Values>> way(Values section) {
        List<Field<Values>> written = WAYS.stream().filter(section::isWritten).toList();
        if (written.size() > 1) {
            throw new ScenarioException(Problem.at(
                    section.position(written.get(1)),
                    Problem.Kind.KEY,
                    "nodes are watched in one way, this has " + written.get(0).key() + " and "
                            + written.get(1).key(),
                    "drop one of them"));
        }
        return written.stream().findFirst();
    }

    /** The keys of the three ways, for messages. */
    public static String ways() {
        return String.join(
                ", ", Stream.of(HEARTBEAT, PHI_ACCRUAL, SWIM).map(Field::key).toList());
    }
}
