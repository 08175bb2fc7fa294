package trainyard.scenario.verify.faults.form;

import trainyard.scenario.verify.RowParameters;

/** The value that one named form takes for the parameters of a row. */
@FunctionalInterface
public interface ClosedForm {

    /**
     * @throws trainyard.scenario.verify.RowSkipped if a parameter is not stated
     * @throws IllegalArgumentException if a parameter is out of range
     */
    double value(RowParameters row);
}
