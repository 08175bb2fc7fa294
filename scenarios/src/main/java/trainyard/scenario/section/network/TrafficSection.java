package trainyard.scenario.section.network;

import java.util.Optional;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.sim.collective.Collective;
import trainyard.sim.topology.LoadBalancing;
import trainyard.sim.units.Dimension;

/** {@code traffic}: jobs that communicate at the same time on one fabric, message by message. */
public final class TrafficSection {

    /** Ways to carry out a collective with messages, one class of {@code trainyard.sim.network.collective} each. */
    public enum Algorithm {
        RING,
        DOUBLE_BINARY_TREE,
        HALVING_DOUBLING,
        HIERARCHICAL,
        NVLS,
        NVLS_TREE,
        /** Reduction in the switches inside the nodes and between them. */
        COLLNET,
        PAT,
        /** Rings along each side of a torus. */
        TORUS_RING,
        CHAIN,
        PAIRWISE
    }

    /** Which nodes a job has. */
    public enum Placement {
        /** Neighbouring nodes, so that jobs keep to few leaf switches. */
        PACKED,
        /** Every n-th node of n jobs, so that each job reaches over all leaf switches. */
        INTERLEAVED
    }

    public static final Field<Collective> OPERATION = Field.of(
                    "operation",
                    ChoiceType.of("collective", Collective.class),
                    "What the ranks of each job do together. An all-to-all in which messages times ranks of all jobs are more than 100 million"
                            + " is refused: 8 jobs of 112 ranks each are few enough.")
            .orElse("all-to-all");
    public static final Field<Double> SIZE = Field.of(
                    "size",
                    QuantityType.positive(Dimension.DATA),
                    "Bytes as nccl-tests count them; see `collective.size`.")
            .asRequired();
    public static final Field<Optional<Algorithm>> ALGORITHM = Field.of(
                    "algorithm",
                    new AutoType<>(ChoiceType.of("algorithm", Algorithm.class)),
                    "How the data moves. `auto`: hierarchical for all-reduce over several nodes, pairwise for all-to-all,"
                            + " a chain for broadcast, else a ring.")
            .orElse("auto");
    public static final Field<Long> JOBS = Field.of(
                    "jobs",
                    IntegerType.between(1, 1024),
                    "Equal jobs that start at the same time; they share the nodes evenly.")
            .orElse("1");
    public static final Field<Placement> PLACEMENT = Field.of(
                    "placement",
                    ChoiceType.of("placement", Placement.class),
                    "Which nodes each job has: `packed` neighbours, or `interleaved` over all leaf switches.")
            .orElse("packed");
    public static final Field<Optional<Long>> RANKS_PER_NODE = Field.of(
                    "ranks-per-node",
                    new AutoType<>(IntegerType.between(1, 1024)),
                    "Ranks of a job on each of its nodes. `auto`: every GPU of the node.")
            .orElse("auto");
    public static final Field<LoadBalancing> LOAD_BALANCING = Field.of(
                    "load-balancing",
                    ChoiceType.of("way to balance load", LoadBalancing.class),
                    "How leaves spread traffic over their uplinks: `ecmp` fixes a route per pair of GPUs, so that flows"
                            + " may collide; `sprayed` spreads packets evenly, as adaptive routing does at best.")
            .orElse("ecmp");

    public static final Section SECTION = Section.of(
            "traffic",
            "Jobs that communicate at the same time on one fabric, simulated message by message; links are shared by"
                    + " max-min fairness. More than 10 million messages are refused.",
            OPERATION,
            SIZE,
            ALGORITHM,
            JOBS,
            PLACEMENT,
            RANKS_PER_NODE,
            LOAD_BALANCING);

    private TrafficSection() {}
}
