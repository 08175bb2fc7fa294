package trainyard.scenario.section.jobs;

import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.units.Dimension;

/** Keys that say how the run times of jobs are distributed that are drawn. */
final class RunTimeFields {

    /** Forms of the distribution. */
    enum Form {
        LOGNORMAL,
        EXPONENTIAL,
        FIXED
    }

    static final Field<Form> FORM = Field.of(
                    "form", ChoiceType.of("form", Form.class), "Form of the distribution of run times.")
            .orElse("lognormal");
    static final Field<Double> SPREAD = Field.of(
                    "spread", new NumberType(0.01, 20), "Coefficient of variation of run times.")
            .orElse("1")
            .only(Use.with(FORM, Form.LOGNORMAL));

    private RunTimeFields() {}

    /**
     * The mean of the distribution.
     *
     * @param doc of which jobs it is
     */
    static Field<Double> mean(String doc) {
        return Field.of("run", QuantityType.positive(Dimension.DURATION), doc).asRequired();
    }

    /**
     * The distribution, in seconds.
     *
     * @param mean the field of its mean
     */
    static Distribution bind(Values values, Field<Double> mean) {
        double seconds = values.get(mean);
        return switch (values.get(FORM)) {
            case LOGNORMAL -> new LogNormal(seconds, values.get(SPREAD));
            case EXPONENTIAL -> new Exponential(seconds);
            case FIXED -> new Fixed(seconds);
        };
    }
}
