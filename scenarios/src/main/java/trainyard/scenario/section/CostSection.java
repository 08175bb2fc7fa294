package trainyard.scenario.section;

import trainyard.scenario.format.Field;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.sim.units.Dimension;

/** {@code cost}: what the machines cost. */
public final class CostSection {

    public static final Field<Double> PRICE = Field.of(
                    "price",
                    QuantityType.of(Dimension.MONEY_PER_GPU_TIME),
                    "Price of one GPU. State its source: prices change monthly.")
            .asRequired();

    public static final Field<Double> ON_DEMAND = Field.of(
            "on-demand",
            QuantityType.positive(Dimension.MONEY_PER_GPU_TIME),
            "Price of a GPU that nobody takes away; with it a `life` knows its `cost-ratio`.");

    public static final Section SECTION =
            Section.of("cost", "Prices. Without it the metrics of cost are left out.", PRICE, ON_DEMAND);

    private CostSection() {}
}
