package trainyard.scenario.section.life;

import java.util.Optional;
import trainyard.faults.cause.Scope;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.checkpoint.CheckpointSection;
import trainyard.scenario.section.faults.CauseUse;
import trainyard.scenario.section.faults.CommSection;
import trainyard.scenario.section.faults.FaultsSection;
import trainyard.sim.units.Dimension;

/** {@code life}: the job as a long one that meets faults. */
public final class LifeSection {

    private static final int MAX_NODES = 1_000_000;

    public static final Field<Double> HORIZON = Field.of(
                    "horizon",
                    QuantityType.positive(Dimension.DURATION),
                    "How long the job is watched; with `steps`, how long at most.")
            .orElse("30 days");
    public static final Field<Long> STEPS = Field.of(
            "steps",
            IntegerType.of("steps", 1, Long.MAX_VALUE / 2),
            "Steps after which the job is done. Left out: it runs to the end of the horizon.");
    public static final Field<Optional<Double>> STEP_TIME = Field.of(
                    "step-time",
                    new AutoType<>(QuantityType.positive(Dimension.DURATION)),
                    "Time of one step on all nodes. `auto`: what the step model says of `job`.")
            .orElse("auto");
    public static final Field<Long> SPARES = Field.of(
                    "spares",
                    IntegerType.of("nodes", 0, MAX_NODES),
                    "Nodes beyond those of the job. They idle, fail (but see `strikes` of a cause) and are repaired like the others.")
            .orElse("0 nodes");
    public static final Field<Long> NODES_PER_RACK = Field.of(
                    "nodes-per-rack",
                    IntegerType.of("nodes", 1, MAX_NODES),
                    "Nodes that a fault of scope `rack` takes at once.")
            .orElse("8 nodes")
            .only(CauseUse.striking("a cause of scope or domain `rack` or `power`", Scope.RACK, Scope.POWER));
    public static final Field<Optional<Long>> NODES_PER_SWITCH = Field.of(
                    "nodes-per-switch",
                    new AutoType<>(IntegerType.of("nodes", 1, MAX_NODES)),
                    "Nodes that a fault of scope `switch` takes at once. `auto`: those of a leaf switch of `cluster.network`.")
            .orElse("auto")
            .only(CauseUse.striking("a cause of scope or domain `switch`", Scope.SWITCH));
    public static final Field<Long> RACKS_PER_POWER_UNIT = Field.of(
                    "racks-per-power-unit",
                    IntegerType.between(1, MAX_NODES),
                    "Racks that a fault of scope `power` takes at once.")
            .orElse("4")
            .only(CauseUse.striking("a cause of scope or domain `power`", Scope.POWER));
    public static final Field<Optional<Long>> REPAIR_CREWS = Field.of(
                    "repair-crews",
                    new AutoType<>(IntegerType.between(1, MAX_NODES)),
                    "Nodes that can be repaired at the same time; others wait. `auto`: as many as are broken.")
            .orElse("auto");
    public static final Field<Values> CHECKPOINT = Field.of(
                    "checkpoint", CheckpointSection.SECTION, "What of the work survives a fault.")
            .orElse("");
    public static final Field<Values> RECOVERY = Field.of(
                    "recovery", RecoverySection.SECTION, "What the job does after a fault.")
            .orElse("");

    public static final Section SECTION = Section.of(
            "life",
            "The job of `job` as a long one: it meets faults, saves its state and recovers. Each replication draws its"
                    + " own faults; designs that share a seed meet the same ones.",
            HORIZON,
            STEPS,
            STEP_TIME,
            SPARES,
            NODES_PER_RACK,
            NODES_PER_SWITCH,
            RACKS_PER_POWER_UNIT,
            REPAIR_CREWS,
            FaultsSection.FAULTS,
            CHECKPOINT,
            RECOVERY,
            CommSection.COMM);

    /** Its key at the top of a scenario, by which other sections see what the life has. */
    public static final Field<Values> LIFE =
            Field.of("life", SECTION, "The job as a long one that meets faults; needs `job`.");

    private LifeSection() {}
}
