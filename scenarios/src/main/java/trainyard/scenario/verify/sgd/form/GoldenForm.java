package trainyard.scenario.verify.sgd.form;

import trainyard.scenario.verify.RowParameters;

/** The value that a golden quantity takes for the parameters of a row. */
@FunctionalInterface
public interface GoldenForm {

    /**
     * @throws trainyard.scenario.verify.RowSkipped if a parameter is not stated or of a kind that is not known
     * @throws IllegalArgumentException if a parameter is out of range
     */
    double value(RowParameters row);
}
