package trainyard.scenario.section.life;

import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.sim.units.Dimension;

/** {@code detector}: a failure detector by itself. */
public final class DetectorSection {

    public static final Field<Long> NODES = Field.of("nodes", IntegerType.of("nodes", 2, 100_000), "Nodes under watch.")
            .orElse("1024 nodes");
    public static final Field<Long> WINDOW = Field.of(
                    "window",
                    IntegerType.between(2, 100_000),
                    "Times between heartbeats that phi accrual keeps of each node.")
            .orElse("1000")
            .only(Use.beside(NodeWatchSection.PHI_ACCRUAL));
    public static final Field<Long> CRASHES = Field.of(
                    "crashes",
                    IntegerType.between(0, 1_000_000),
                    "Nodes that crash meanwhile; each comes back once it is noticed. With SWIM one after the other.")
            .orElse("200");
    public static final Field<Double> WATCH = Field.of(
                    "watch", QuantityType.positive(Dimension.DURATION), "How long the detector is watched.")
            .orElse("1 h");

    public static final Section SECTION = Section.of(
            "detector",
            "A failure detector by itself: how soon it notices crashes, how often it is wrong, and what it sends. Write one"
                    + " of `heartbeat`, `phi-accrual` and `swim`.",
            NODES,
            NodeWatchSection.PERIOD,
            NodeWatchSection.LOSS,
            NodeWatchSection.HEARTBEAT,
            NodeWatchSection.PHI_ACCRUAL,
            WINDOW,
            NodeWatchSection.SWIM,
            CRASHES,
            WATCH);

    private DetectorSection() {}
}
