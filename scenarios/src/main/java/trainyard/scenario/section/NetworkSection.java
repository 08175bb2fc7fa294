package trainyard.scenario.section;

import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.units.Dimension;

/** {@code cluster.network}: the fabric between nodes, from the catalogue or changed from it. */
public final class NetworkSection {

    public static final Field<FabricSpec> PRESET = Field.of(
                    "preset",
                    ChoiceType.preset("fabric", Presets.fabrics()),
                    "Fabric of the catalogue, as `trainyard show hardware` lists it.")
            .orElse("ib-hdr");
    public static final Field<FabricSpec.Kind> KIND = Field.of(
            "kind",
            ChoiceType.of("kind of network", FabricSpec.Kind.class),
            "Shape of the switch network. Left out: as in the preset.");
    public static final Field<Double> LATENCY = Field.of(
            "latency",
            QuantityType.of(Dimension.DURATION),
            "One-way latency of a small message between two nodes. Left out: that of the preset.");
    public static final Field<Double> EFFICIENCY = Field.of(
            "efficiency",
            new NumberType(0.01, 1),
            "Share of the port rate that large transfers reach. Left out: that of the preset.");
    public static final Field<Double> OVERSUBSCRIPTION = Field.of(
            "oversubscription",
            new NumberType(1, 64),
            "Downlink over uplink capacity of a leaf switch; 2 is two-to-one. Left out: that of the preset.");

    public static final Section SECTION = Section.of(
            "cluster.network", "The network between nodes.", PRESET, KIND, LATENCY, EFFICIENCY, OVERSUBSCRIPTION);

    private NetworkSection() {}

    static FabricSpec bind(Values values) {
        FabricSpec base = values.get(PRESET);
        boolean changed = values.isWritten(KIND)
                || values.isWritten(LATENCY)
                || values.isWritten(EFFICIENCY)
                || values.isWritten(OVERSUBSCRIPTION);
        if (!changed) {
            return base;
        }
        return new FabricSpec(
                base.name() + " (changed)",
                values.find(KIND).orElse(base.kind()),
                values.find(LATENCY).orElse(base.latencySeconds()),
                values.find(EFFICIENCY).orElse(base.achievedFraction()),
                values.find(OVERSUBSCRIPTION).orElse(base.oversubscription()),
                base.keepsOrder(),
                new Provenance(Provenance.Kind.USER, "set in the scenario, from " + base.name(), ""));
    }
}
