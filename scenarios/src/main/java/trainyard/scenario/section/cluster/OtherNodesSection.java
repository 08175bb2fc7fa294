package trainyard.scenario.section.cluster;

import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Section;
import trainyard.scenario.section.preset.Presets;
import trainyard.sim.hardware.NodeSpec;

/** One entry of {@code cluster.condition.other-nodes}. */
public final class OtherNodesSection {

    public static final Field<NodeSpec> PRESET = Field.of(
                    "preset",
                    ChoiceType.preset("node", Presets.nodes()).or(Presets.otherNodes()),
                    "Server of the catalogue, as `trainyard show hardware` lists it.")
            .asRequired();
    public static final Field<String> NODES = Field.of(
                    "nodes", NumberRanges.TYPE, "Which nodes, such as `3` or `8-15`.")
            .asRequired();

    static final Section SECTION =
            Section.of("cluster.condition.other-nodes", "Nodes of one other type.", PRESET, NODES);

    private OtherNodesSection() {}
}
