package trainyard.scenario.verify.sgd.simulation;

import java.util.List;
import java.util.Optional;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.SimulatedMean;

/** Simulates golden rows with the engine, rules and problems that scenarios use; one class for each family of them. */
public final class TrainingSimulation implements GoldenSimulation {

    private final List<GoldenSimulation> families;

    /**
     * @param seed of all simulations
     */
    public TrainingSimulation(long seed) {
        families = List.of(
                new IterationTimeSimulation(seed),
                new SspSimulation(seed),
                new StalenessSimulation(seed),
                new QuadraticSimulation(seed),
                new ErrorTimeSimulation(seed),
                new LocalSgdSimulation(seed),
                new ServerSimulation(seed));
    }

    /** Absent also where the row lacks what is needed; its form tells that. */
    @Override
    public Optional<SimulatedMean> simulate(String quantity, RowParameters row) {
        try {
            return families.stream()
                    .map(family -> family.simulate(quantity, row))
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (RowSkipped | IllegalArgumentException | ArithmeticException left) {
            return Optional.empty();
        }
    }
}
