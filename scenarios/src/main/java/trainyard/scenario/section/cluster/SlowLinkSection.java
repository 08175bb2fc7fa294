package trainyard.scenario.section.cluster;

import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Section;

/** One entry of {@code cluster.condition.slow-links}. */
public final class SlowLinkSection {

    /** Links that can be slow. */
    public enum Link {
        /** A network port of a node. */
        PORT,
        /** A link between the GPUs of a node. */
        SCALE_UP,
        /** The uplinks of the leaf switch of a node, all together. */
        UPLINKS
    }

    public static final Field<Link> LINK = Field.of(
                    "link",
                    ChoiceType.of("link", Link.class),
                    "One network port of each node (`port`), the links between its GPUs (`scale-up`), or the uplinks of its"
                            + " leaf switch, all together (`uplinks`).")
            .asRequired();
    public static final Field<String> NODES = Field.of(
                    "nodes", NumberRanges.TYPE, "Which nodes, such as `3` or `0-7, 12`.")
            .asRequired();
    public static final Field<Double> SHARE = Field.of(
                    "share",
                    NumberType.FRACTION,
                    "Share of the rate that is left. Rings and trees of a step run at the pace of the slowest port; under `traffic`"
                            + " what crosses that port alone is slow, the first of the node. 0: the port is down and the others of"
                            + " the node carry its traffic.")
            .asRequired();

    static final Section SECTION = Section.of(
            "cluster.condition.slow-links", "Links of some nodes with a share of their rate.", LINK, NODES, SHARE);

    private SlowLinkSection() {}
}
