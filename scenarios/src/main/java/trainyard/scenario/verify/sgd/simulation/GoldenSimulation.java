package trainyard.scenario.verify.sgd.simulation;

import java.util.Optional;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.SimulatedMean;

/**
 * Simulates the figure of a golden row with the engine and the rules that scenarios use. The suite holds what comes back to the
 * published value within four standard errors, in a row of its own.
 */
@FunctionalInterface
public interface GoldenSimulation {

    /** Simulates nothing. */
    GoldenSimulation NONE = (quantity, row) -> Optional.empty();

    /**
     * @param quantity in lower case with single blanks
     * @param row parameters as the row states them
     * @return absent where this quantity is not simulated
     */
    Optional<SimulatedMean> simulate(String quantity, RowParameters row);
}
