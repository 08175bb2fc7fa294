package trainyard.scenario.section.sgd;

import trainyard.faults.recovery.OnLoss;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.sim.units.Dimension;
import trainyard.training.clock.Outages;
import trainyard.training.clock.WorkersLost;
import trainyard.training.rule.ElasticSynchronous;
import trainyard.training.rule.UpdateRule;

/** {@code sgd.lost}: workers that fail for good. */
public final class SgdLostSection {

    public static final Field<Long> WORKERS = Field.of(
                    "workers",
                    IntegerType.of("workers", 0, 4095),
                    "How many fail, the last ones; one is left at least.")
            .asRequired();
    public static final Field<Double> AT = Field.of(
                    "at",
                    QuantityType.positive(Dimension.DURATION),
                    "When. What they had for the update of that moment is gone; an exchange that has begun ends.")
            .asRequired();
    public static final Field<OnLoss> ON_LOSS = Field.of(
                    "on-loss",
                    ChoiceType.of("choice", OnLoss.class),
                    "What the others do: `accumulate` computes the gradients of the lost ones too, so that the batch is kept and an"
                            + " update takes longer; `shrink-batch` goes on with fewer; `rescale` does so with a learning rate that is"
                            + " lower by as much as the batch.")
            .orElse("accumulate");

    public static final Section SECTION = Section.of(
            "sgd.lost", "Workers of the rule `sync` that fail at one moment and never return.", WORKERS, AT, ON_LOSS);

    private SgdLostSection() {}

    /** The rule of those that are left. */
    public static UpdateRule rule(Values values) {
        return new ElasticSynchronous(values.get(ON_LOSS));
    }

    /**
     * When who is lost.
     *
     * @param workers of the run, more than are lost
     */
    public static Outages outages(Values values, int workers) {
        return new WorkersLost(workers - Math.toIntExact(values.get(WORKERS)), workers, values.get(AT));
    }
}
