package trainyard.scenario.section.network;

import java.util.Optional;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.NcclAlgorithm;
import trainyard.sim.units.Dimension;

/** {@code collective}: one collective operation, the workload of communication studies. */
public final class CollectiveSection {

    public static final Field<Collective> OPERATION = Field.of(
                    "operation", ChoiceType.of("collective", Collective.class), "What the ranks do together.")
            .orElse("all-reduce");
    public static final Field<Double> SIZE = Field.of(
                    "size",
                    QuantityType.positive(Dimension.DATA),
                    "Bytes as nccl-tests count them: the buffer of one rank for all-reduce, broadcast and all-to-all;"
                            + " the gathered buffer for all-gather and reduce-scatter; the message for send-recv.")
            .asRequired();
    public static final Field<Optional<Long>> RANKS_PER_NODE = Field.of(
                    "ranks-per-node",
                    new AutoType<>(IntegerType.between(1, 1024)),
                    "Ranks of the group on each node. `auto`: every GPU of the node.")
            .orElse("auto");
    public static final Field<Long> CONCURRENT_GROUPS = Field.of(
                    "concurrent-groups",
                    IntegerType.between(1, 1024),
                    "Groups of this kind that work at the same time on the same nodes and share their ports.")
            .orElse("1");
    public static final Field<Optional<NcclAlgorithm>> ALGORITHM = Field.of(
                    "algorithm",
                    new AutoType<>(ChoiceType.of("algorithm", NcclAlgorithm.class)),
                    "How the data moves; `auto`: what NCCL's own tuning model chooses for the size and the group.")
            .orElse("auto");

    public static final Section SECTION = Section.of(
            "collective",
            "One collective operation on otherwise idle machines.",
            OPERATION,
            SIZE,
            RANKS_PER_NODE,
            CONCURRENT_GROUPS,
            ALGORITHM);

    private CollectiveSection() {}
}
