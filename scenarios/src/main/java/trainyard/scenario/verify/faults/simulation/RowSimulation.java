package trainyard.scenario.verify.faults.simulation;

import java.util.Map;
import java.util.Optional;
import trainyard.scenario.verify.SimulatedMean;

/**
 * Simulates the figure of a closed-form row with the engine and the policies that scenarios use. The suite holds what
 * comes back to the published value within four standard errors, in a row of its own.
 */
@FunctionalInterface
public interface RowSimulation {

    /** Simulates nothing. */
    RowSimulation NONE = (family, name, parameters) -> Optional.empty();

    /**
     * @param family family of the form
     * @param name name within the family
     * @param parameters as the row states them
     * @return absent where this form is not simulated
     */
    Optional<SimulatedMean> simulate(String family, String name, Map<String, String> parameters);
}
